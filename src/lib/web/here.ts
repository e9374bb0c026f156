// Runs by itself on pages without hydration: a form that can be answered by the phone's position
// shows a button for it. Without JavaScript, or without a position, the rest of the form is enough.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-here]')) {
	const { form } = button;
	if (!form || !('geolocation' in navigator) || !isSecureContext) continue;
	const said = document.getElementById(button.dataset.here ?? '');
	const say = (words: string) => said && (said.textContent = words);
	button.hidden = false;
	button.addEventListener('click', () => {
		say(button.dataset.asking ?? '');
		navigator.geolocation.getCurrentPosition(
			({ coords }) => {
				fill(form, 'lat', coords.latitude.toFixed(6));
				fill(form, 'lon', coords.longitude.toFixed(6));
				fill(form, 'accuracy', String(Math.round(coords.accuracy)));
				form.submit();
			},
			() => say(button.dataset.failed ?? ''),
			{ enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 }
		);
	});
}

function fill(form: HTMLFormElement, name: string, value: string) {
	const field = form.elements.namedItem(name);
	if (field instanceof HTMLInputElement) field.value = value;
}

export {};
