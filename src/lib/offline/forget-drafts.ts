/**
 * Runs on pages whose form (`data-forgets`) gives the phone to somebody else: whoever uses it next finds
 * no half-written report, nor its photos.
 */
for (const form of document.querySelectorAll('form[data-forgets]'))
	form.addEventListener('submit', () => {
		for (const key of Object.keys(localStorage))
			if (key.startsWith('report ')) localStorage.removeItem(key);
		indexedDB.deleteDatabase('report-drafts');
	});

export {};
