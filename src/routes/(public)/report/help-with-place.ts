import type { Help } from './help-words.ts';
import { make, makeButton } from './make.ts';

/** What `/report/near` answers. */
export interface Near {
	ward: string | null;
	wards: string[];
	point: Point | null;
	/** A known outage there, in words. */
	outage: { number: number; words: string } | null;
	/** `how` says in words how far it is. */
	same: Array<{ reference: string; title: string; how: string }>;
}

interface Point {
	lat: number;
	lon: number;
}

/** Where a pin may be put: by a tap, by the arrow keys and a button, by a search, by the phone. */
export interface PinMap {
	show(point: Point): void;
	middle(): Point;
}

/** Position from the phone, a map that loads only when asked for, the ward, and reports of the same thing. */
export function helpWithPlace(form: HTMLFormElement, help: Help) {
	const room = form.querySelector<HTMLElement>('[data-pin]');
	if (!room) return;
	const { words } = help;
	const { here, open, pinHere, box, canvas, said } = tools(room, help);
	const say = (text: string) => (said.textContent = text);
	const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
	let map: PinMap | undefined;

	function place({ lat, lon }: Point, accuracy?: number) {
		field('lat').value = lat.toFixed(6);
		field('lon').value = lon.toFixed(6);
		field('accuracy').value = accuracy === undefined ? '' : String(Math.round(accuracy));
		field('pinned').value = accuracy === undefined ? '1' : '';
		form.dispatchEvent(new Event('input', { bubbles: true }));
		map?.show({ lat, lon });
		void look();
	}

	async function look() {
		const names = ['lat', 'lon', 'accuracy', 'place', 'description'];
		const about = new URLSearchParams(names.map((name) => [name, field(name)?.value ?? '']));
		about.set('service', String(new FormData(form).get('service') ?? ''));
		const answer = await fetch(`/report/near?${about}`).catch(() => null);
		if (!answer) return;
		if (!answer.ok) return say((await answer.json().catch(() => null))?.title ?? '');
		const near: Near = await answer.json();
		if (near.point && map && !field('lat').value) map.show(near.point);
		tell(said, near, words);
	}

	here.addEventListener('click', () => {
		say(words.asking);
		navigator.geolocation.getCurrentPosition(
			({ coords }) => place({ lat: coords.latitude, lon: coords.longitude }, coords.accuracy),
			() => say(words.silent),
			{ enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 }
		);
	});
	open.addEventListener('click', async () => {
		box.hidden = false;
		if (map) return;
		say(words.fetching);
		try {
			const { pinMap } = await import('./pin-map.ts');
			map = await pinMap(canvas, help, place);
			say('');
			const [lat, lon] = [Number(field('lat').value), Number(field('lon').value)];
			if (lat && lon) map.show({ lat, lon });
			else if (field('place').value) void look();
		} catch {
			box.hidden = true;
			say(words.noMap);
		}
	});
	pinHere.addEventListener('click', () => map && place(map.middle()));
	field('place').addEventListener('change', () => void look());
	form.addEventListener('change', ({ target }) => {
		const chosen = (target as HTMLInputElement).name === 'service';
		if (chosen && (field('lat').value || field('place').value)) void look();
	});
}

/** Made here because text browsers show what is only hidden: what needs a script is there once one runs. */
function tools(room: HTMLElement, { words, icons }: Help) {
	const here = makeButton(words.here, icons.pin);
	here.hidden = !('geolocation' in navigator) || !isSecureContext;
	const open = makeButton(words.map, icons.map);
	const pinHere = makeButton(words.pin);
	const canvas = make('div', { class: 'pin-map' });
	const tap = make('span', { class: 'small quiet' }, words.tap);
	const box = make('div', { hidden: '' }, canvas, make('p', { class: 'row keys' }, pinHere, tap));
	const said = make('div', { 'aria-live': 'polite' });
	room.append(make('p', { class: 'row' }, here, open), box, said);
	return { here, open, pinHere, box, canvas, said };
}

/** The ward, a known outage, and at most three open reports to compare with. Words only: nothing here is markup. */
function tell(said: HTMLElement, { ward, outage, same }: Near, words: Help['words']) {
	said.replaceChildren(make('p', {}, ward ? `${ward}.` : ''));
	if (outage)
		said.append(
			make(
				'p',
				{},
				make('a', { href: `/outages/${outage.number}` }, outage.words),
				' ',
				press('outage', String(outage.number), words.off)
			)
		);
	if (!same.length) return;
	const items = same.map(({ reference, title, how }) =>
		make(
			'li',
			{},
			make('a', { href: `/issues/${reference}` }, title),
			` (${how}) `,
			press('same', reference, words.mine)
		)
	);
	said.append(make('p', {}, words.same), make('ul', {}, ...items));
}

/** Sends the form as a word for the other report or the outage: it counts for more, and they hear of it. */
const press = (name: 'same' | 'outage', value: string, words: string) =>
	make('button', { class: 'btn line', name, value, formnovalidate: '' }, words);
