import { expect, test } from 'vitest';
import { usedContacts, type ChosenContact } from './contact.ts';

const on = (day: number) => new Date(Date.UTC(2026, 10, day));
const contact = (id: string, more: Partial<ChosenContact> = {}): ChosenContact => ({
	id,
	kind: 'email',
	verifiedAt: on(1),
	bouncedAt: null,
	chosenAt: null,
	givenAt: on(1),
	...more
});

test.each([
	['the only one', [contact('home')], ['home']],
	[
		'the oldest, when none was chosen',
		[contact('work', { givenAt: on(2) }), contact('home')],
		['home']
	],
	['the chosen one', [contact('home'), contact('work', { chosenAt: on(5) })], ['work']],
	[
		'the one chosen last',
		[contact('home', { chosenAt: on(6) }), contact('work', { chosenAt: on(5) })],
		['home']
	],
	['none that was not proved', [contact('home', { verifiedAt: null })], []],
	[
		'another, when the chosen one comes back',
		[contact('home'), contact('work', { chosenAt: on(5), bouncedAt: on(6) })],
		['home']
	],
	[
		'one of each kind',
		[contact('cell', { kind: 'phone' }), contact('home', { chosenAt: on(5) })],
		['cell', 'home']
	]
])('of several contacts %s is used', (_, contacts, used) => {
	expect([...usedContacts(contacts)]).toEqual(used);
});
