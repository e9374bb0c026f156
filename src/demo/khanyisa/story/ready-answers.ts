import { addTemplate } from '#lib/cases/server/index.ts';
import type { State } from '#lib/cases/rules.ts';
import { departmentsOf } from '#lib/identity/server/index.ts';
import type { Language } from '#lib/i18n/languages.ts';
import type { Stage } from './tell.ts';

interface ReadyAnswer {
	name: string;
	language: Language;
	/** None: for every department. */
	department?: string;
	state?: State;
	text: string;
}

// prettier-ignore
const readyAnswers: ReadyAnswer[] = [
	{ name: 'The joint is replaced', language: 'en', department: 'water', state: 'in_progress',
		text: 'The joint at {place} is new and the water is open again. Look at it once more tonight: if it still runs, say so on the page of {reference} and we come back.' },
	{ name: 'The part is on order', language: 'en', department: 'water', state: 'in_progress',
		text: 'The part for {place} is not in our store. We ordered it today and write here when it has come.' },
	{ name: 'Ipayipi lilungisiwe', language: 'zu', department: 'water', state: 'in_progress',
		text: 'Ipayipi e-{place} lilungisiwe, amanzi avuliwe. Uma esavuza, sitshele ekhasini le-{reference}.' },
	{ name: 'We need the exact place', language: 'en',
		text: 'We looked in {ward} and could not find it. Which house, pole or corner is nearest? Add it on the page of {reference}; a photo helps.' }
];

/** The ready answers of Khanyisa, written by its administrator. */
export async function tellReadyAnswers({ db, cast, today }: Stage) {
	const municipalityId = cast.municipalityIds.KHA;
	const departments = await departmentsOf(db, municipalityId);
	for (const { department, state = null, ...answer } of readyAnswers) {
		const departmentId = departments.find(({ code }) => code === department)?.id ?? '';
		const facts = { ...answer, municipalityId, departmentId, serviceId: '', state, active: true };
		await addTemplate(db, cast.byHandle('admin'), facts, today);
	}
}
