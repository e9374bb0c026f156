import * as v from 'valibot';
import { line, neededLine, oneOf } from '../platform/fields.ts';
import { aidRoles } from './roles.ts';

export const eventKinds = ['fire', 'flood', 'storm', 'drought', 'other'] as const;
export type EventKind = (typeof eventKinds)[number];

/** A disaster that relief is given for. */
export const eventForm = v.object({
	name: neededLine('Name', 120, 'Name it, as people call it.'),
	kind: oneOf(eventKinds, 'Choose what it is.')
});

/** Where people are registered and relief is given out. */
export const siteForm = v.object({
	siteName: neededLine('Site', 120, 'Name the site.'),
	siteAgency: line('Agency', 40),
	wardCode: line('Ward', 20),
	address: line('Where it is', 200)
});

/** What is given, by whom. */
export const programmeForm = v.object({
	programmeName: neededLine('Programme', 120, 'Name the programme.'),
	programmeAgency: line('Agency', 40),
	about: line('What is given', 500)
});

/** Who does what, where. `at` is `site:ID` or `programme:ID`. */
export const assignmentForm = v.object({
	personId: line('Who', 40),
	role: oneOf(aidRoles, 'Choose what they do.'),
	at: v.pipe(
		v.optional(v.string(), ''),
		v.regex(/^(site|programme):.+/, 'Choose the site or the programme.')
	)
});
