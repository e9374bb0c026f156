import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { doDeed, remark, verifyCases, type Case } from '#lib/cases/server/index.ts';
import { caseEvents, cases } from '#lib/cases/server/schema.ts';
import { openOutbox } from '#lib/delivery/server/index.ts';
import { departments } from '#lib/identity/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { newId } from '#lib/platform/ids.ts';
import {
	ageing,
	answerByReferralLink,
	answerInOffice,
	custodyOf,
	receivedReferrals,
	refer,
	referralByLink,
	referralPage,
	referralToken,
	sentReferrals,
	type AnswerFacts,
	type ReferralFacts
} from '#lib/referral/server/index.ts';
import { referrals } from '#lib/referral/server/schema.ts';
import { inBothDatabases } from '../support/story.ts';
import { departmentOf, khanyisa, personOf, raise } from '../support/scene.ts';

const at = (text: string) => new Date(`${text}:00+02:00`);
const monday = at('2026-11-16T09:00');

inBothDatabases((place) => {
	let riaan: Actor, farida: Actor, pumla: Actor, anele: Actor, hendrik: Actor;
	let kase: Case, water: string, roads: string, thokozani: string, utility: string;

	const send = (more: Partial<ReferralFacts> = {}, when = monday, actor = riaan) =>
		refer(
			place.db,
			actor,
			kase.id,
			{
				to: `municipality:${thokozani}`,
				words: 'The pipe lies on their side of the river.',
				deedId: newId(),
				...more
			},
			when
		);
	const answer = (
		actor: Actor,
		id: string,
		kind: AnswerFacts['kind'],
		more: Partial<AnswerFacts> = {},
		when = monday
	) => answerInOffice(place.db, actor, id, { kind, deedId: newId(), ...more }, when);
	const now = async () => (await place.db.select().from(cases).where(eq(cases.id, kase.id)))[0];
	const kinds = async () =>
		(await place.db.select().from(caseEvents).where(eq(caseEvents.caseId, kase.id)))
			.toSorted((a, b) => a.seq - b.seq)
			.map(({ kind }) => kind);
	const row = async (id: string) =>
		(await place.db.select().from(referrals).where(eq(referrals.id, id)))[0];

	beforeEach(async () => {
		[riaan, farida, pumla, anele, hendrik] = [
			await personOf(place.db, 'department-officer'),
			await personOf(place.db, 'supervisor'),
			await personOf(place.db, 'agent'),
			await personOf(place.db, 'neighbour-officer'),
			await personOf(place.db, 'neighbour-councillor')
		];
		const here = await khanyisa(place.db);
		thokozani = (await khanyisa(place.db, 'THO')).id;
		water = (await departmentOf(place.db, 'water')).id;
		roads = (await departmentOf(place.db, 'roads')).id;
		utility = (await departmentOf(place.db, 'power-utility')).id;
		({ kase } = await raise(
			place.db,
			{
				municipalityId: here.id,
				title: 'Burst pipe at the bridge',
				description: 'Water runs down to the river.',
				departmentId: water,
				wardCode: '99901007'
			},
			monday
		));
	});

	test('Riaan hands it to Thokozani; Anele accepts, says how it goes, and says it is done', async () => {
		const { id } = (await send())!;
		expect((await now()).state).toBe('referred_out');
		expect(await receivedReferrals(place.db, anele, thokozani)).toMatchObject([
			{ id, reference: kase.reference, state: 'waiting' }
		]);
		const seen = await referralPage(place.db, anele, id);
		expect(seen.seen).toMatchObject({ description: 'Water runs down to the river.' });
		expect(seen.sides).toEqual(['receiver']);

		await answer(anele, id, 'accept', {}, at('2026-11-16T14:00'));
		expect((await now()).departmentId).toBe(water);
		await answer(anele, id, 'tell', { words: 'A team goes tomorrow.' }, at('2026-11-16T15:00'));
		expect((await now()).firstReplyAt).toEqual(at('2026-11-16T15:00'));
		await answer(anele, id, 'done', { words: 'The pipe is mended.' }, at('2026-11-17T14:00'));
		expect(await now()).toMatchObject({ state: 'resolved_claimed' });
		expect(await kinds()).toEqual(['opened', 'referred', 'referral_accepted', 'reply', 'claim']);

		const held = (await custodyOf(place.db, kase, at('2026-11-20T09:00')))!;
		expect(held.holders).toEqual([
			{ name: 'Water and Sanitation', time: 5 * 3_600_000, holdsNow: false },
			{ name: 'Thokozani', time: 24 * 3_600_000, holdsNow: false }
		]);
		expect(held.total).toBe(29 * 3_600_000);
		expect((await verifyCases(place.db, kase.municipalityId)).broken).toBeUndefined();
	});

	test('the neighbour sees this one case, and nobody of the neighbour who may not answer sees it', async () => {
		const { id } = (await send())!;
		await expect(referralPage(place.db, hendrik, id)).rejects.toThrow();
		await expect(
			doDeed(place.db, anele, kase.id, { deed: 'claim', words: 'x', deedId: newId() })
		).rejects.toMatchObject({ status: 404 });
		await expect(
			remark(place.db, anele, kase.id, { remark: 'note', words: 'x', deedId: newId() })
		).rejects.toMatchObject({ status: 404 });
		await expect(answer(anele, id, 'recall', { words: 'Ours.' })).rejects.toMatchObject({
			status: 404
		});
		await expect(answer(hendrik, id, 'accept')).rejects.toMatchObject({ status: 404 });
		expect(await sentReferrals(place.db, anele, kase.municipalityId)).toEqual([]);
		expect(await receivedReferrals(place.db, riaan, kase.municipalityId)).toEqual([]);
	});

	test('what is private goes along only where somebody said so', async () => {
		await place.db.update(cases).set({ private: true }).where(eq(cases.id, kase.id));
		const { id } = (await send())!;
		expect((await referralPage(place.db, anele, id)).seen).toMatchObject({
			title: 'A private report',
			description: null
		});
		await answer(riaan, id, 'recall', { words: 'They need the words.' });
		const again = (await send({ withWords: true, again: true }))!;
		expect((await referralPage(place.db, anele, again.id)).seen.description).toContain('river');
	});

	test('“not ours” names the body; it is ours again, and a second time round needs a person', async () => {
		const { id } = (await send())!;
		const words = 'The bridge belongs to the province.';
		await expect(answer(anele, id, 'return', { code: 'not_ours', words })).rejects.toMatchObject({
			status: 400,
			field: 'body'
		});
		await answer(anele, id, 'return', { code: 'not_ours', body: 'Provincial roads', words });
		expect(await now()).toMatchObject({ state: 'acknowledged', departmentId: water });
		await expect(send()).rejects.toMatchObject({ status: 409, field: 'again' });
		const second = (await send({ again: true }))!;
		expect(await row(second.id)).toMatchObject({ loop: true });
	});

	test('a question waits for its answer among officials; residents read neither', async () => {
		const { id } = (await send())!;
		await answer(anele, id, 'ask', { words: 'Which side of the bridge?' });
		expect((await referralPage(place.db, riaan, id)).answers).toEqual(['answer', 'recall']);
		await answer(riaan, id, 'answer', { words: 'The north side.' });
		expect((await row(id)).asked).toBe(false);
		const internal = await place.db
			.select()
			.from(caseEvents)
			.where(and(eq(caseEvents.caseId, kase.id), eq(caseEvents.visibility, 'internal')));
		expect(internal.map(({ kind }) => kind)).toEqual(['referral_asked', 'referral_answered']);
	});

	test('a department that is asked has the case when it accepts, and not before', async () => {
		const sizwe = { ...riaan, grants: [{ ...riaan.grants[0], departmentId: roads }] };
		const { id } = (await send({ to: `department:${roads}` }))!;
		expect((await now()).departmentId).toBe(water);
		await answer(sizwe, id, 'accept', {}, at('2026-11-16T11:00'));
		expect(await now()).toMatchObject({ departmentId: roads, state: 'acknowledged' });
		const accepted = and(eq(caseEvents.caseId, kase.id), eq(caseEvents.kind, 'referral_accepted'));
		expect(await place.db.select().from(caseEvents).where(accepted)).toMatchObject([
			{ actorId: sizwe.id, actorRole: sizwe.grants[0].role }
		]);
		kase = await now();
		await expect(send({ to: `department:${water}` }, monday, sizwe)).rejects.toMatchObject({
			field: 'again'
		});
	});

	test('the same form twice is one deed, and two who answer at once are one answer', async () => {
		const deedId = newId();
		const { id } = (await send({ deedId }))!;
		expect(await send({ deedId })).toBeNull();
		const accept = newId();
		await answer(anele, id, 'accept', { deedId: accept });
		await answer(anele, id, 'accept', { deedId: accept });
		await expect(answer(anele, id, 'accept')).rejects.toMatchObject({ status: 409 });
		expect((await kinds()).filter((kind) => kind === 'referral_accepted')).toHaveLength(1);
	});

	test('what waits is shown by partner, and what went on without it is not', async () => {
		await send({}, at('2026-11-16T10:00'));
		expect(await ageing(place.db, kase.municipalityId)).toEqual([
			{
				name: 'Thokozani',
				waiting: 1,
				accepted: 0,
				returned: 0,
				longest: at('2026-11-16T10:00'),
				median: null
			}
		]);
		await doDeed(place.db, farida, kase.id, {
			deed: 'claim',
			words: 'We did it.',
			deedId: newId()
		});
		expect((await ageing(place.db, kase.municipalityId))[0]).toMatchObject({ waiting: 0 });
		expect(await receivedReferrals(place.db, anele, thokozani)).toEqual([]);
	});

	describe('by the link in a letter', () => {
		let id: string, token: string;
		beforeEach(async () => {
			await place.db
				.update(departments)
				.set({ email: 'faults@power.example' })
				.where(eq(departments.id, utility));
			({ id } = (await send({ to: `department:${utility}` }))!);
			token = referralToken(id, monday);
		});
		const byLink = (kind: AnswerFacts['kind'], more: Partial<AnswerFacts> = {}, when = monday) =>
			answerByReferralLink(place.db, token, { kind, deedId: newId(), ...more }, when);

		test('the power utility gets a letter; its link shows the case and answers without an account', async () => {
			const [letter] = await openOutbox(place.db);
			expect(letter).toMatchObject({ channel: 'email', to: 'faults@power.example' });
			expect(letter.text).toContain(`/referrals/${token}`);
			expect(letter.text).toContain('The pipe lies on their side of the river.');
			for (let looked = 0; looked < 3; looked++)
				expect((await referralByLink(place.db, token, monday)).state).toBe('waiting');
			await byLink('accept');
			await byLink('tell', { words: 'A team is on its way.' });
			expect(await kinds()).toEqual(['opened', 'referred', 'referral_accepted', 'reply']);
		});

		test('a body without an address cannot be sent anything', async () => {
			const province = await departmentOf(place.db, 'provincial-roads');
			await place.db
				.update(departments)
				.set({ email: null })
				.where(eq(departments.id, province.id));
			await answer(riaan, id, 'recall', { words: 'Somebody else.' });
			await expect(send({ to: `department:${province.id}` })).rejects.toMatchObject({
				status: 400,
				field: 'to'
			});
		});

		test('forged, spoilt and too old links answer nothing', async () => {
			for (const spoilt of [token.slice(1), `${token}A`, token.replace(/.$/, '!'), ''])
				await expect(referralByLink(place.db, spoilt, monday)).rejects.toMatchObject({
					status: 404
				});
			const later = at('2026-12-17T09:00');
			await expect(byLink('accept', {}, later)).rejects.toMatchObject({ status: 409 });
			expect(await referralByLink(place.db, token, later)).toMatchObject({
				expired: true,
				answers: [],
				seen: { description: null }
			});
		});

		test('a link never speaks for the sender', async () => {
			await expect(byLink('recall', { words: 'Give it to us.' })).rejects.toMatchObject({
				status: 404
			});
			await expect(byLink('answer', { words: 'Yes.' })).rejects.toMatchObject({ status: 404 });
		});

		test('an answer that comes after it was closed is kept and told, and moves nothing', async () => {
			await doDeed(place.db, farida, kase.id, {
				deed: 'claim',
				words: 'We did it.',
				deedId: newId()
			});
			const before = await now();
			expect((await referralByLink(place.db, token, monday)).late).toBe(true);
			await byLink('return', { code: 'cannot', words: 'Not this year.' }, at('2026-11-18T09:00'));
			expect(await now()).toMatchObject({ state: 'resolved_claimed', dueAt: before.dueAt });
			expect((await kinds()).at(-1)).toBe('referral_late');
			expect(await row(id)).toMatchObject({ state: 'over' });
			expect((await referralByLink(place.db, token, monday)).said).toMatchObject([{ late: true }]);
		});
	});

	test('only who may give a case away hands it over, and only what is open', async () => {
		await expect(send({}, monday, await personOf(place.db, 'field-worker'))).rejects.toMatchObject({
			status: 404
		});
		await expect(send({ to: 'municipality:nobody' })).rejects.toMatchObject({ field: 'to' });
		await expect(send({ words: ' ' })).rejects.toMatchObject({ field: 'words' });
		await doDeed(place.db, farida, kase.id, { deed: 'claim', words: 'Done.', deedId: newId() });
		await expect(send({}, monday, pumla)).rejects.toMatchObject({ status: 409 });
	});
}, settleKhanyisa);
