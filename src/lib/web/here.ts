// Runs by itself on pages without hydration: a form that can be answered by the phone's position
// shows a button for it. Without JavaScript, or without a position, the rest of the form is enough.
// The municipality's ward lines are carried along (`data-lines`), so that it answers without signal.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-here]')) {
	const { form, dataset } = button;
	if (!form || !('geolocation' in navigator) || !isSecureContext) continue;
	const said = document.getElementById(dataset.here ?? '');
	const say = (words = '') => said && (said.textContent = words);
	button.hidden = false;
	if (navigator.onLine) void carry(dataset.lines);
	button.addEventListener('click', () => {
		say(dataset.asking);
		navigator.geolocation.getCurrentPosition(
			async ({ coords }) => {
				if (!navigator.onLine) {
					const words = await answerHere(dataset, coords).catch(() => undefined);
					return say(words ?? dataset.failed);
				}
				fill(form, 'lat', coords.latitude.toFixed(6));
				fill(form, 'lon', coords.longitude.toFixed(6));
				fill(form, 'accuracy', String(Math.round(coords.accuracy)));
				form.submit();
			},
			() => say(dataset.failed),
			{ enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 }
		);
	});
}

function fill(form: HTMLFormElement, name: string, value: string) {
	const field = form.elements.namedItem(name);
	if (field instanceof HTMLInputElement) field.value = value;
}

/** Keeps the lines on the phone, unless its owner asked for few bytes. */
async function carry(address: string | undefined) {
	const { connection } = navigator as { connection?: { saveData?: boolean } };
	if (!address || !('caches' in window) || connection?.saveData) return;
	// What reads them is fetched with them: without signal it is too late.
	await Promise.all([(await caches.open('ward-lines')).add(address), reader()]);
}

const reader = () => import('../geography/carried.ts');

async function answerHere(words: DOMStringMap, coords: GeolocationCoordinates) {
	const kept = await caches.match(words.lines!);
	if (!kept) return undefined;
	const { wardsByLines } = await reader();
	const { ward, maybe } = wardsByLines(
		await kept.json(),
		{ lat: coords.latitude, lon: coords.longitude },
		coords.accuracy
	);
	const number = ({ code }: { code: string }) => String(Number(code.slice(-3)));
	if (!ward) return words.outside;
	const sentence = maybe.length ? words.maybe : words.in;
	return sentence?.replace('{n}', number(ward)).replace('{others}', maybe.map(number).join(', '));
}

export {};
