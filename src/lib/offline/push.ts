import { forgetPush } from './marks.ts';

/** Some push services never answer; the person is told after this many milliseconds. */
const patience = 20_000;

const within = <Answer>(answer: Promise<Answer>) =>
	Promise.race([
		answer,
		new Promise<never>((_, refuse) => setTimeout(() => refuse(new Error('timeout')), patience))
	]);

const send = (method: 'POST' | 'DELETE', body: unknown) =>
	fetch('/api/push', {
		method,
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body)
	}).then((response) => {
		if (!response.ok) throw new Error(String(response.status));
	});

/** Shows the button that `data-push` (our public key) marks, where the phone can be told at all. */
async function offerPush(place: HTMLElement) {
	const [button, status] = [place.querySelector('button'), place.querySelector('[role=status]')];
	if (!button || !status || !('PushManager' in window)) return;
	const { pushManager } = await navigator.serviceWorker.ready;
	/** What is said, in the page's language. */
	const words = JSON.parse(place.dataset.words ?? '{}');
	let current = await pushManager.getSubscription();

	const show = () => (button.textContent = current ? words.on : words.off);
	// The server may have lost it, or another person signed in on this phone.
	if (current) send('POST', current.toJSON()).catch(() => {});
	show();
	place.hidden = false;

	button.addEventListener('click', async () => {
		button.disabled = true;
		status.textContent = words.wait;
		try {
			if (current) {
				await send('DELETE', { endpoint: current.endpoint });
				await current.unsubscribe();
				await forgetPush();
				current = null;
				status.textContent = words.stopped;
			} else if ((await Notification.requestPermission()) !== 'granted') {
				status.textContent = words.denied;
			} else {
				current = await within(
					pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: place.dataset.push })
				);
				await send('POST', current.toJSON());
				status.textContent = words.done;
			}
		} catch {
			status.textContent = words.failed;
		}
		show();
		button.disabled = false;
	});
}

for (const place of document.querySelectorAll<HTMLElement>('[data-push]'))
	offerPush(place).catch(() => {});
