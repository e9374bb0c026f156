import { fail, type RequestEvent } from '@sveltejs/kit';
import {
	answersTo,
	choicesAt,
	colleagues,
	doDeed,
	findCase,
	jobOf,
	lookAt,
	mayRead,
	ownedOf,
	partsOf,
	remark,
	templatesFor,
	type Case
} from '#lib/cases/server/index.ts';
import { fillTemplate } from '#lib/cases/templates.ts';
import { clockOf, partOwed } from '#lib/clocks/server/index.ts';
import { wardName } from '#lib/issues/wording.ts';
import { wardsOf } from '#lib/geography/server/index.ts';
import { can } from '#lib/identity/permissions.ts';
import { departmentsOf } from '#lib/identity/server/index.ts';
import {
	changeService,
	jointHouseholds,
	moveWard,
	officeIssue,
	officeTimeline,
	queuePage,
	release,
	revealReporter,
	servicesOf
} from '#lib/issues/server/index.ts';
import { custodyOf, responsibleBody } from '#lib/referral/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { ask, attempt, sentTexts } from '#lib/web/attempt.ts';
import { photosOf, type Held } from './proof.ts';
import { isDeed, isRemark, readDeed, type DeedForm } from './deed-form.ts';

type Event = RequestEvent<{ reference: string }>;
const caseOf = ({ locals, params }: Pick<Event, 'locals' | 'params'>) =>
	findCase(locals.db, locals.actor, params.reference.toUpperCase());

const placeOf = ({ locals, params }: Event) => ({
	municipalityId: locals.municipality.id,
	reference: params.reference.toUpperCase()
});

export async function load({ locals, params, url }) {
	const { db, actor } = locals;
	const kase = await ask(() => caseOf({ locals, params }));
	const { municipalityId, departmentId } = kase;
	const departments = (await departmentsOf(db, municipalityId)).filter(({ active }) => active);
	const beside = await queuePage(
		db,
		actor,
		municipalityId,
		{ view: 'open', sort: 'oldest' },
		{ size: 8 }
	);
	return {
		kase,
		issue: await officeIssue(db, actor, kase),
		timeline: await officeTimeline(db, actor, kase),
		clock: await clockOf(db, kase.id, new Date()),
		owed: await partOwed(db, kase.id),
		custody: await custodyOf(db, kase, new Date()),
		responsible: await responsibleBody(db, kase, new Date()),
		job: await jobWith(locals, kase),
		choices: choicesAt(actor, kase),
		others: await lookAt(db, actor, kase),
		answers: await answersTo(db, kase),
		templates: await templatesFor(db, kase),
		team: await colleagues(db, {
			municipalityId,
			departmentIds: departmentId ? [departmentId] : []
		}),
		departments: departments.map(({ id, name, kind }) => ({ id, name, kind })),
		services: (await servicesOf(db, municipalityId)).map(({ id, name }) => ({ id, name })),
		wards: (await wardsOf(db, municipalityId)).map(({ code, number }) => ({ code, number })),
		beside: beside.rows.map(({ reference, title, state, wardCode }) => ({
			reference,
			title,
			state,
			wardCode
		})),
		me: actor.id,
		deed: newId(),
		done: url.searchParams.get('done')
	};
}

/** The job it leads or is part of, and the other reports in it. */
async function jobWith({ db, actor }: App.Locals, kase: Case) {
	const job = await jobOf(db, kase);
	if (!job) return null;
	const all = await partsOf(db, job.leader);
	const parts = all.filter((each) => mayRead(actor, each));
	const subjects = [job.leader, ...all].map(({ subjectId }) => subjectId);
	return {
		title: job.title,
		leads: job.leader.id === kase.id,
		reports: job.leader.parts + 1,
		households: await jointHouseholds(db, subjects),
		state: job.leader.state,
		cases: [job.leader, ...parts]
			.filter(({ id }) => id !== kase.id)
			.slice(0, 100)
			.map(({ reference }) => reference),
		mayPart: can(actor, 'case.assign', ownedOf(kase))
	};
}

type Wanted = DeedForm & { photoIds: string[] };

/** Runs what the form asks for, and goes back to the case, or to the queue when it left this person's reach. */
async function run(
	event: Event,
	deed: (caseId: string, form: Wanted) => Promise<unknown>,
	chosen?: string
) {
	const form = await event.request.formData();
	const facts = readDeed(form, chosen);
	let next = `/office/cases/${event.params.reference}?done=${facts.what}#top`;
	let held: Held[] = [];
	const answer = await attempt(
		form,
		async () => {
			const { id, municipalityId } = await caseOf(event);
			held = await photosOf(event.locals.db, municipalityId, form);
			await deed(id, { ...facts, photoIds: held.map((photo) => photo.id) });
			await caseOf(event).catch(() => {
				next = '/office/cases';
			});
		},
		() => next
	);
	return fail(answer.status, { ...answer.data, held });
}

/** A step of the ladder, or something said: to everyone, to the reporter, or among colleagues. */
const next = (event: Event, chosen?: string) =>
	run(
		event,
		(id, { what, audience, ...facts }) => {
			const { db, actor } = event.locals;
			const aside = { private: audience === 'reporter', internal: audience === 'colleagues' };
			// What was held is hidden on the issue as well: both are opened together.
			if (what === 'release' || what === 'publish')
				return release(db, actor, {
					...placeOf(event),
					deedId: facts.deedId,
					basedOn: facts.basedOn
				});
			if (isDeed(what)) return doDeed(db, actor, id, { deed: what, ...facts, ...aside });
			if (isRemark(what)) return remark(db, actor, id, { ...facts, remark: what, ...aside });
			throw new Refusal(400, 'Choose what you want to do.', 'what');
		},
		chosen
	);

export const actions = {
	next: (event) => next(event),
	take: (event) => next(event, 'take'),
	assign: (event) => next(event, 'assign'),
	reassign: (event) => next(event, 'reassign'),
	reroute: (event) => next(event, 'reroute'),
	priority: (event) => next(event, 'priority_changed'),
	service: (event) =>
		run(
			event,
			(id, facts) => changeService(event.locals.db, event.locals.actor, id, facts),
			'service_changed'
		),
	ward: (event) =>
		run(
			event,
			(id, facts) => moveWard(event.locals.db, event.locals.actor, id, facts),
			'ward_changed'
		),

	/** Puts a ready answer into the form, to be changed and sent. */
	use: async (event) => {
		const form = await event.request.formData();
		const kase = await ask(() => caseOf(event));
		const held = await photosOf(event.locals.db, kase.municipalityId, form).catch(() => []);
		const templates = await templatesFor(event.locals.db, kase);
		const template = templates.find(({ id }) => id === form.get('template'));
		const { service, place } = await officeIssue(event.locals.db, event.locals.actor, kase);
		const sent = sentTexts(form);
		if (template)
			sent.words = fillTemplate(template.text, {
				reference: kase.reference,
				service,
				place,
				ward: kase.currentWardCode && wardName(kase.currentWardCode)
			});
		return { sent, held, refusal: undefined, field: undefined };
	},

	/** Shows the reporter's contact, once, and writes down who looked. */
	show: async ({ locals, params }) => {
		try {
			return {
				reporter: await revealReporter(locals.db, locals.actor, params.reference.toUpperCase())
			};
		} catch (reason) {
			if (reason instanceof Refusal)
				return fail(reason.status, { refusal: reason.message, sent: {} });
			throw reason;
		}
	}
} satisfies Record<string, (event: Event) => unknown>;
