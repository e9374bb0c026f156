import * as v from 'valibot';
import { dialled, email, line, list, neededLine, oneOf, words } from '../platform/fields.ts';
import { cleanText } from '../platform/text.ts';
import { isLanguage } from '../i18n/languages.ts';
import type { Department } from './server/municipalities.ts';

const host = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

const hosts = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) => [
		...new Set(
			text
				.toLowerCase()
				.split(/[\s,]+/)
				.filter(Boolean)
		)
	]),
	v.check(
		(names) => names.every((name) => host.test(name)),
		'Addresses: write only the name, one a line, like meld.khanyisa.gov.za'
	)
);

const timezone = v.pipe(
	v.optional(v.string(), ''),
	v.check(isTimeZone, 'Clock: choose one of the list')
);

function isTimeZone(name: string) {
	try {
		return Boolean(name && Intl.DateTimeFormat('en', { timeZone: name }));
	} catch {
		return false;
	}
}

const tooLong = 'Emergency numbers: a label of 60 characters, and digits as they are dialled';
const labels = v.pipe(
	list,
	v.check((all) => all.every((one) => one.length <= 60), tooLong)
);
const numbers = v.pipe(
	list,
	v.check((all) => all.every((one) => v.is(dialled('Emergency numbers'), one)), tooLong)
);

/** What can be changed about a municipality. `label` and `number` come in pairs. */
export const municipalityForm = v.pipe(
	v.object({
		version: v.optional(v.string(), ''),
		name: neededLine('Name', 80, 'Give the municipality its name'),
		hosts,
		languages: v.pipe(
			list,
			v.transform((codes) => codes.filter(isLanguage)),
			v.minLength(1, 'Languages: choose at least one')
		),
		timezone,
		label: labels,
		number: numbers,
		phone: dialled(),
		email,
		address: v.pipe(words('Address', 200), v.transform(cleanText)),
		hours: line('Hours', 120)
	}),
	v.transform(({ version, label, number, phone, email, address, hours, ...rest }) => ({
		version,
		facts: {
			...rest,
			emergencyNumbers: label
				.map((each, i) => ({ label: each, number: number[i] ?? '' }))
				.filter((each) => each.label && each.number),
			contact: { phone, email, address, hours }
		}
	}))
);
export type MunicipalityFacts = v.InferOutput<typeof municipalityForm>['facts'];

/** What a new municipality is made of, and who shall run it; everything else it takes from the template. */
export const newMunicipalityForm = v.object({
	code: v.pipe(
		line('Code', 5),
		v.toUpperCase(),
		v.regex(/^[A-Z]{2,5}$/, 'Code: 2 to 5 letters. It begins every reference, like KHA-26-7K3MQ')
	),
	name: neededLine('Name', 80, 'Give the municipality its name'),
	kind: oneOf(['A', 'B'], 'Choose what kind of municipality it is'),
	mdbCode: v.pipe(
		line('Demarcation code', 6),
		v.toUpperCase(),
		v.regex(/^([A-Z]{2,3}\d{1,3})?$/, 'Demarcation code: like WC048, or leave it empty')
	),
	adminName: line('Name of the administrator', 100),
	adminEmail: email
});
export type NewMunicipality = Omit<
	v.InferOutput<typeof newMunicipalityForm>,
	'adminName' | 'adminEmail'
>;

export const departmentKinds = ['department', 'entity', 'agency'] as const;

export const departmentKindWords: Record<Department['kind'], { name: string; what: string }> = {
	department: { name: 'Department', what: 'Part of the municipality. Its people work here.' },
	entity: { name: 'Other body', what: 'A roads authority, a water board, the power utility.' },
	agency: { name: 'Aid agency', what: 'Brings relief in a disaster.' }
};

/** What can be changed about a department or another body. */
export const departmentForm = v.object({
	version: v.optional(v.string(), ''),
	name: neededLine('Name', 80, 'Give it a name'),
	kind: oneOf(departmentKinds, 'Choose what it is'),
	email,
	phone: dialled(),
	hours: line('Hours', 120)
});
export type DepartmentFacts = Omit<v.InferOutput<typeof departmentForm>, 'version'>;
