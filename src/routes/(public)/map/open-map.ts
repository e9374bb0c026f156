/** Offers to make the drawing move, and fetches what that takes only when somebody wants it. */
const button = document.querySelector<HTMLButtonElement>('[data-open-map]');

if (button) {
	button.hidden = false;
	button.addEventListener('click', async () => {
		button.disabled = true;
		try {
			await import(/* @vite-ignore */ button.dataset.openMap!);
			button.hidden = true;
		} catch {
			// The drawing and the list are still there, and so is the button to try again.
			button.disabled = false;
			document.querySelector('[data-map-says]')!.textContent = button.dataset.failed!;
		}
	});
}
