import type { Same } from '#lib/issues/server/index.ts';

interface Near {
	ward: string | null;
	wards: string[];
	point: { lat: number; lon: number } | null;
	same: Same[];
}

/** Where a pin may be put: by a tap, by the arrow keys and a button, by a search, by the phone. */
export interface PinMap {
	show(point: { lat: number; lon: number }): void;
	middle(): { lat: number; lon: number };
}

/** Position from the phone, a map that loads only when asked for, the ward, and reports of the same thing. */
export function helpWithPlace(form: HTMLFormElement, municipality: string) {
	const tools = form.querySelector<HTMLElement>('[data-pin]');
	if (!tools) return;
	const find = <E extends HTMLElement>(name: string) => tools.querySelector<E>(`[data-${name}]`)!;
	const said = find('said');
	const say = (words: string) => (said.textContent = words);
	const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
	let map: PinMap | undefined;

	function place({ lat, lon }: { lat: number; lon: number }, accuracy?: number) {
		field('lat').value = lat.toFixed(6);
		field('lon').value = lon.toFixed(6);
		field('accuracy').value = accuracy === undefined ? '' : String(Math.round(accuracy));
		field('pinned').value = accuracy === undefined ? '1' : '';
		form.dispatchEvent(new Event('input', { bubbles: true }));
		map?.show({ lat, lon });
		void look();
	}

	async function look() {
		const about = new URLSearchParams(
			['lat', 'lon', 'accuracy', 'place', 'description'].map((name) => [
				name,
				field(name)?.value ?? ''
			])
		);
		about.set('service', String(new FormData(form).get('service') ?? ''));
		const answer = await fetch(`/report/near?${about}`).catch(() => null);
		if (!answer) return;
		if (!answer.ok) return say((await answer.json().catch(() => null))?.title ?? '');
		const near: Near = await answer.json();
		if (near.point && map && !field('lat').value) map.show(near.point);
		tell(said, near);
	}

	const here = find<HTMLButtonElement>('here');
	here.hidden = !('geolocation' in navigator) || !isSecureContext;
	here.addEventListener('click', () => {
		say('Asking your phone where it is…');
		navigator.geolocation.getCurrentPosition(
			({ coords }) => place({ lat: coords.latitude, lon: coords.longitude }, coords.accuracy),
			() => say('Your phone did not say where it is. Type a street or a landmark, or use the map.'),
			{ enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 }
		);
	});
	find('map').addEventListener('click', async () => {
		find('map-box').hidden = false;
		if (map) return;
		say('Fetching the map…');
		try {
			const { pinMap } = await import('./pin-map.ts');
			map = await pinMap(find('map-canvas'), municipality, place);
			say('');
			const [lat, lon] = [Number(field('lat').value), Number(field('lon').value)];
			if (lat && lon) map.show({ lat, lon });
			else if (field('place').value) void look();
		} catch {
			find('map-box').hidden = true;
			say('The map could not be fetched. Type a street or a landmark instead.');
		}
	});
	find('pin-here').addEventListener('click', () => map && place(map.middle()));
	field('place').addEventListener('change', () => void look());
	form.addEventListener('change', ({ target }) => {
		if (
			(target as HTMLInputElement).name === 'service' &&
			(field('lat').value || field('place').value)
		)
			void look();
	});
}

/** The ward, and at most three open reports to compare with. Words only: nothing here is markup. */
function tell(said: HTMLElement, { ward, same }: Near) {
	said.textContent = ward ? `${ward}. ` : '';
	if (!same.length) return;
	const list = document.createElement('ul');
	for (const { reference, title, metres } of same) {
		const item = document.createElement('li');
		const link = document.createElement('a');
		link.href = `/issues/${reference}`;
		link.textContent = title;
		item.append(link, ` (${Math.round(metres)} m away) `, mineToo(reference));
		list.append(item);
	}
	said.append('Somebody reported something like it. If it is the same, say so:', list);
}

/** Sends the form as a word for the other report: it counts for more, and they hear of it. */
function mineToo(reference: string): HTMLButtonElement {
	const button = document.createElement('button');
	Object.assign(button, { className: 'btn line', name: 'same', value: reference });
	button.formNoValidate = true;
	button.textContent = 'This is mine too';
	return button;
}
