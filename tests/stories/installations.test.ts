import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { closeJobs } from '#lib/platform/server/jobs.ts';
import type { Database, Db } from '#lib/platform/server/db.ts';
import { newId } from '#lib/platform/ids.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { later, minutes } from '#lib/platform/time.ts';
import type { Case } from '#lib/cases/server/index.ts';
import { caseEvents, cases } from '#lib/cases/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { departments } from '#lib/identity/server/schema.ts';
import {
	answerInOffice,
	ownKey,
	pinPeer,
	receivedReferrals,
	refer,
	referralPage,
	sendLetters,
	takeLetter,
	troubledLetters,
	unpinPeer,
	type AnswerFacts
} from '#lib/referral/server/index.ts';
import { referralLetters } from '#lib/referral/server/schema.ts';
import { openCopies } from '../support/story.ts';
import { khanyisa, personOf, raise } from '../support/scene.ts';

/** One installation: a database with its own people, and a server that takes letters. */
interface Place {
	database: Database;
	db: Db;
	server: Server;
	url: string;
	municipalityId: string;
	/** Every letter that came, as it was posted. */
	heard: Array<{ body: string; signature: string }>;
	/** Answers nobody while true. */
	away: boolean;
	departmentId: string;
	peerId: string;
}

const monday = new Date('2026-11-16T09:00:00+02:00');
let now = monday;
let here: Place, there: Place;
let riaan: Actor, anele: Actor, kase: Case, id: string;

async function open(code: string, body: string): Promise<Place> {
	const [database] = await openCopies('embedded');
	await settleKhanyisa(database.db, monday);
	const municipalityId = (await khanyisa(database.db, code)).id;
	const departmentId = newId();
	await database.db
		.insert(departments)
		.values({ id: departmentId, municipalityId, code: 'far', name: body, kind: 'entity' });
	const place = {
		database,
		db: database.db,
		municipalityId,
		departmentId,
		heard: [],
		away: false
	} as unknown as Place;
	place.server = createServer(async (request, response) => {
		let text = '';
		for await (const part of request) text += part;
		if (place.away) return void response.writeHead(503).end();
		const signature = String(request.headers['imbizo-signature']);
		place.heard.push({ body: text, signature });
		try {
			await takeLetter(place.db, text, signature, now);
			response.writeHead(204).end();
		} catch (reason) {
			const { status = 500, message } = reason as Refusal;
			response.writeHead(status).end(JSON.stringify({ title: message }));
		}
	});
	await new Promise<void>((done) => place.server.listen(0, '127.0.0.1', done));
	place.url = `http://127.0.0.1:${(place.server.address() as AddressInfo).port}`;
	return place;
}

/** Nobody says two things in the same moment. */
const tick = () => (now = later(now, 1000));
const answer = (kind: AnswerFacts['kind'], more: Partial<AnswerFacts> = {}) =>
	answerInOffice(there.db, anele, id, { kind, deedId: newId(), ...more }, tick());
const kaseNow = async () => (await here.db.select().from(cases).where(eq(cases.id, kase.id)))[0];
const kinds = async () =>
	(await here.db.select().from(caseEvents).where(eq(caseEvents.caseId, kase.id)))
		.toSorted((a, b) => a.seq - b.seq)
		.map(({ kind }) => kind);
const refusedBy = (place: Place, body: string, signature: string, at = now) =>
	takeLetter(place.db, body, signature, at).then(
		() => 'taken',
		(reason: Refusal) => reason.status
	);

beforeAll(async () => {
	[here, there] = [
		await open('KHA', 'Thokozani, far away'),
		await open('THO', 'Khanyisa, far away')
	];
	process.env.PEER_ALLOW = [here, there].map(({ url }) => new URL(url).host).join();
	[riaan, anele] = [
		await personOf(here.db, 'department-officer'),
		await personOf(there.db, 'neighbour-officer')
	];
	const keys = [
		await ownKey(here.db, here.municipalityId, monday),
		await ownKey(there.db, there.municipalityId, monday)
	];
	const pin = async (place: Place, admin: string, other: Place, publicKey: string) => {
		const { municipalityId, departmentId } = place;
		const actor = await personOf(place.db, admin);
		const facts = { municipalityId, departmentId, url: other.url, publicKey };
		place.peerId = await pinPeer(place.db, actor, facts, monday);
	};
	await pin(here, 'admin', there, keys[1]);
	await pin(there, 'neighbour-admin', here, keys[0]);
	({ kase } = await raise(
		here.db,
		{
			municipalityId: here.municipalityId,
			title: 'Burst pipe at the bridge',
			description: 'Water runs down to the river.',
			departmentId: riaan.grants[0].departmentId!,
			wardCode: '99901007'
		},
		monday
	));
}, 300_000);

afterAll(async () => {
	delete process.env.PEER_ALLOW;
	await closeJobs();
	for (const place of [here, there]) {
		place?.server.close();
		await place?.database.close();
	}
});

// One story in order: what each says stands in the other's database.
test('two installations hand a case over by signed letters, and each answer comes back', async () => {
	const sent = await refer(
		here.db,
		riaan,
		kase.id,
		{ to: `department:${here.departmentId}`, words: 'It lies on their side.', deedId: newId() },
		now
	);
	id = sent!.id;
	there.away = true;
	expect(await sendLetters(here.db, now)).toBe(0);
	const [waiting] = await troubledLetters(here.db, here.municipalityId);
	expect(waiting).toMatchObject({ kind: 'refer', tries: 1, nextTryAt: later(now, minutes(5)) });
	there.away = false;
	expect(await sendLetters(here.db, later(now, minutes(4)))).toBe(0);
	now = later(now, minutes(5));
	expect(await sendLetters(here.db, now)).toBe(1);
	expect(await troubledLetters(here.db, here.municipalityId)).toEqual([]);

	expect(await receivedReferrals(there.db, anele, there.municipalityId)).toMatchObject([
		{ id, reference: kase.reference, from: 'Khanyisa, far away', state: 'waiting' }
	]);
	expect((await referralPage(there.db, anele, id)).seen).toMatchObject({
		title: 'Burst pipe at the bridge',
		description: 'Water runs down to the river.'
	});

	await answer('ask', { words: 'Which bank?' });
	await sendLetters(there.db, now);
	await answerInOffice(
		here.db,
		riaan,
		id,
		{ kind: 'answer', words: 'North.', deedId: newId() },
		tick()
	);
	await sendLetters(here.db, now);
	expect((await referralPage(there.db, anele, id)).said.map(({ text }) => text)).toEqual([
		'Which bank?',
		'North.'
	]);
	await answer('accept');
	await answer('tell', { words: 'A team goes tomorrow.' });
	expect(await sendLetters(there.db, now)).toBe(2);
	expect(await kinds()).toEqual([
		'opened',
		'referred',
		'referral_asked',
		'referral_answered',
		'referral_accepted',
		'reply'
	]);
}, 120_000);

test('a copy, an old letter, one that was changed and one of a stranger are refused', async () => {
	const { body, signature } = here.heard.at(-1)!;
	expect(await refusedBy(here, body, signature)).toBe(401);
	const newer = JSON.stringify({ ...JSON.parse(body), nonce: 'another-nonce-of-theirs' });
	expect(await refusedBy(here, newer, signature)).toBe(401);
	expect(await refusedBy(here, body, signature, later(now, minutes(6)))).toBe(401);
	const strange = JSON.stringify({ ...JSON.parse(body), from: 'A'.repeat(43) });
	expect(await refusedBy(here, strange, signature)).toBe(401);
	expect(await refusedBy(there, body, signature)).toBe(401);
	for (const spoilt of ['', '{', '{}', 'null', JSON.stringify({ ...JSON.parse(body), letter: {} })])
		expect(await refusedBy(here, spoilt, signature)).toBe(400);
	expect(await kinds()).toHaveLength(6);
}, 120_000);

test('when the answer to a letter is lost it is sent again, and changes nothing twice', async () => {
	const deedId = newId();
	await answer('done', { words: 'The pipe is mended.', deedId });
	const before = here.heard.length;
	await sendLetters(there.db, now);
	expect((await kaseNow()).state).toBe('resolved_claimed');
	// As if the answer had been lost on its way.
	await there.db
		.update(referralLetters)
		.set({ takenAt: null, nextTryAt: now })
		.where(eq(referralLetters.referralId, id));
	await sendLetters(there.db, now);
	expect(here.heard.length).toBeGreaterThan(before + 1);
	expect((await kinds()).filter((kind) => kind === 'claim')).toHaveLength(1);
	expect(await troubledLetters(there.db, there.municipalityId)).toEqual([]);
}, 120_000);

test('once the agreement has ended nothing more is taken, and addresses inside are not written to', async () => {
	const chris = await personOf(here.db, 'admin');
	const facts = { municipalityId: here.municipalityId, departmentId: here.departmentId };
	const publicKey = await ownKey(there.db, there.municipalityId, now);
	for (const url of [
		'https://127.0.0.1',
		'https://10.1.1.1',
		'http://far.example',
		'https://far.example/x'
	])
		await expect(pinPeer(here.db, chris, { ...facts, url, publicKey }, now)).rejects.toMatchObject({
			status: 400,
			field: 'url'
		});
	await expect(
		pinPeer(here.db, chris, { ...facts, url: there.url, publicKey: 'short' }, now)
	).rejects.toMatchObject({ field: 'publicKey' });
	await expect(
		pinPeer(here.db, riaan, { ...facts, url: there.url, publicKey }, now)
	).rejects.toMatchObject({ status: 404 });

	await unpinPeer(here.db, chris, { municipalityId: here.municipalityId, id: here.peerId }, now);
	const { body, signature } = here.heard.at(-1)!;
	expect(await refusedBy(here, body, signature)).toBe(401);
}, 120_000);
