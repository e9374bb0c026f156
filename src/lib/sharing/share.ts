/** What a page gains for sharing when scripts run: the phone's own sheet, and copying with one tap. */
const all = (name: string) => document.querySelectorAll<HTMLButtonElement>(`button[${name}]`);

for (const button of all('data-share')) {
	if (!('share' in navigator)) break;
	button.hidden = false;
	button.addEventListener('click', () => {
		const { share: url, title } = button.dataset;
		// Whoever closes the sheet again has refused nothing.
		navigator.share({ title, text: title, url }).catch(() => {});
	});
}

for (const button of all('data-copy')) {
	if (!navigator.clipboard) break;
	button.hidden = false;
	button.addEventListener('click', async () => {
		const { copy = '', done = '' } = button.dataset;
		await navigator.clipboard.writeText(copy);
		button.textContent = done;
	});
}
