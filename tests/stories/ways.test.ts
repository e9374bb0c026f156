import { and, eq, ne } from 'drizzle-orm';
import { expect, test } from 'vitest';
import {
	bounceSecret,
	deliver,
	failing,
	hearGateway,
	hookSecret,
	noteBounce,
	noteReport,
	outbox,
	sendMessage,
	settingsOf,
	tellFollowers,
	follow
} from '#lib/delivery/server/index.ts';
import { readGateways, type HttpGateway } from '#lib/delivery/server/channels/sms/index.ts';
import { returnPath } from '#lib/delivery/server/channels/return-path.ts';
import {
	messages,
	preferences,
	smsBudgets,
	smsPrices,
	smsSpend
} from '#lib/delivery/server/schema.ts';
import { contactPoints, grants, people, personContacts } from '#lib/identity/server/schema.ts';
import type { Answer, Channels } from '#lib/delivery/channel.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { hours, later, minutes } from '#lib/platform/time.ts';
import { letters, settleContact, settleReader, settleTown } from '../support/followers.ts';
import { inBothDatabases } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');
const issue = newId();
const twins = (more: Partial<Channels> = {}): Channels => ({
	email: outbox,
	sms: outbox,
	web_push: outbox,
	inbox: outbox,
	...more
});
const kannel = readGateways({
	SMS_URL: 'kannel+http://imbizo:pass@127.0.0.1:13013/cgi-bin/sendsms'
})[0] as HttpGateway;

inBothDatabases((place) => {
	/** Thandi Mokoena of Khanyisa, who has an address and a phone, both proved. */
	const settle = async () => {
		const town = await settleTown(place.db);
		const thandi = await settleReader(place.db, 'Thandi Mokoena', 'thandi@mail.example');
		const phone = await settleContact(place.db, '+27820000101');
		await place.db.insert(personContacts).values({
			personId: thandi.personId,
			contactPointId: phone,
			purpose: 'service',
			basis: 'public_duty',
			noticeVersion: '1'
		});
		return { ...town, ...thandi, phone };
	};
	type Settled = Awaited<ReturnType<typeof settle>>;
	let nth = 0;
	const tell = async (
		{ municipalityId, personId }: Settled,
		more: Partial<Parameters<typeof sendMessage>[1]> = {},
		now = noon
	) =>
		await sendMessage(
			place.db,
			{
				municipalityId,
				personId,
				channel: 'sms',
				template: 'case.in_progress',
				facts: { reference: 'KHA-26-7K3MQ', department: 'Water and Sanitation' },
				subject: 'issue',
				subjectId: issue,
				path: '/issues/KHA-26-7K3MQ',
				dedupeKey: `deed-${++nth}`,
				...more
			},
			now
		);
	const rowOf = async (id: string) =>
		(await place.db.select().from(messages).where(eq(messages.id, id)))[0];
	const others = (id: string) => place.db.select().from(messages).where(ne(messages.id, id));
	const taken = (ref: string): Answer => ({
		outcome: 'accepted',
		gatewayRef: ref,
		way: 'sms/main'
	});

	test('a report moves a message on, late and repeated ones change nothing', async () => {
		const { id } = await tell(await settle());
		await deliver(place.db, id!, twins({ sms: failing([taken('g-1')]) }), noon);
		const report = (outcome: 'accepted' | 'delivered' | 'failed', ref = 'g-1', gateway = 'main') =>
			noteReport(place.db, { gateway, ref, outcome }, later(noon, minutes(1)));
		expect(await report('accepted')).toBe('known');
		expect(await report('delivered', 'g-1', 'another')).toBe('unknown');
		expect(await report('delivered', 'g-2')).toBe('unknown');
		expect(await report('delivered')).toBe('moved');
		expect(await report('delivered')).toBe('known');
		expect(await report('failed')).toBe('known');
		expect(await rowOf(id!)).toMatchObject({ outcome: 'delivered', way: 'sms/main' });
		expect(await others(id!)).toEqual([]);
	});

	test('a report that overtakes our own note is kept', async () => {
		const { id } = await tell(await settle());
		expect(
			await noteReport(place.db, { gateway: 'main', ref: id!, outcome: 'delivered' }, noon)
		).toBe('moved');
		await deliver(place.db, id!, twins({ sms: failing([]) }), noon);
		expect(await rowOf(id!)).toMatchObject({ outcome: 'delivered' });
	});

	test('Kannel calls with our id; whoever does not show the secret is nobody', async () => {
		const { id } = await tell(await settle());
		await deliver(
			place.db,
			id!,
			twins({ sms: failing([{ outcome: 'accepted', way: 'sms/main' }]) }),
			noon
		);
		const call = (caller: string, status: string) =>
			hearGateway(place.db, caller, { id, status }, noon, [kannel]);
		for (const caller of ['main', 'main~', 'main~made-up', `other~${hookSecret('main')}`, ''])
			expect(await call(caller, '1')).toBeNull();
		const secret = `main~${hookSecret('main')}`;
		expect(await call(secret, '8')).toBe('known');
		expect(await call(secret, '4')).toBe('known');
		expect(await call(secret, '1')).toBe('moved');
		expect(await call(secret, '77')).toBe('unknown');
		expect(await rowOf(id!)).toMatchObject({ outcome: 'delivered' });
	});

	test('who answers YEKA gets no more SMS, and everything else as before', async () => {
		const thandi = await settle();
		const secret = `main~${hookSecret('main')}`;
		const text = (said: string) =>
			hearGateway(place.db, secret, { from: '+27820000101', text: said }, noon, [kannel]);
		expect(await text('Ngiyabonga')).toBe('text');
		expect(await place.db.select().from(preferences)).toEqual([]);
		expect(await text(' Yeka! ')).toBe('text');
		expect(await text('STOP')).toBe('text');
		expect((await settingsOf(place.db, thandi)).optedOut).toEqual(['sms']);
		expect(await tell(thandi)).toEqual({ skipped: 'opted_out' });
		expect((await tell(thandi, { channel: 'email' })).id).toBeTruthy();
	});

	test('when a way fails for good, the next way of the same person gets it, once', async () => {
		const thandi = await settle();
		const { id } = await tell(thandi, { channel: 'email' });
		await deliver(place.db, id!, twins({ email: failing([{ outcome: 'failed' }]) }), noon);
		const [sms, ...more] = await others(id!);
		expect(more).toEqual([]);
		expect(sms).toMatchObject({ channel: 'sms', insteadOf: id, contactPointId: thandi.phone });

		const gateway = failing([taken('g-7')]);
		await deliver(place.db, sms.id, twins({ sms: gateway }), noon);
		expect(gateway.sent[0].text).toMatch(/^KHA-26-7K3MQ[^\n]+\/messages\/[\w-]{32}$/);
		await noteReport(place.db, { gateway: 'main', ref: 'g-7', outcome: 'failed' }, noon);
		await noteReport(place.db, { gateway: 'main', ref: 'g-7', outcome: 'failed' }, noon);
		const all = await letters(place.db);
		expect(all.map(({ channel, outcome }) => [channel, outcome]).sort()).toEqual([
			['email', 'failed'],
			['inbox', 'delivered'],
			['sms', 'failed']
		]);
	});

	test('opt-outs and quiet hours hold for the next way too', async () => {
		const thandi = await settle();
		await place.db.insert(preferences).values({
			id: newId(),
			personId: thandi.personId,
			optedOut: ['inbox'],
			updatedAt: noon
		});
		const night = new Date('2026-11-20T20:00:00Z');
		const { id } = await tell(thandi, { channel: 'email' });
		await deliver(place.db, id!, twins({ email: failing([{ outcome: 'gone' }]) }), night);
		const [sms] = await others(id!);
		expect(sms.notBefore).toEqual(new Date('2026-11-21T04:30:00Z'));
		await deliver(
			place.db,
			sms.id,
			twins({ sms: failing([{ outcome: 'gone' }]) }),
			later(night, hours(10))
		);
		expect(await place.db.select().from(messages)).toHaveLength(2);
	});

	test('a code goes nowhere but where it was asked for', async () => {
		const thandi = await settle();
		const { id } = await tell(thandi, {
			template: 'sign_in_code',
			facts: { code: '123456' },
			contactPointId: thandi.phone
		});
		await deliver(place.db, id!, twins({ sms: failing([{ outcome: 'failed' }]) }), noon);
		expect(await others(id!)).toEqual([]);
	});

	test('an emergency does not wait for a failure to be final', async () => {
		const { id } = await tell(await settle(), {
			channel: 'email',
			template: undefined,
			title: 'Leave now',
			text: 'FIRE near Extension 4. Leave by Main Road.',
			urgency: 'emergency'
		});
		const email = failing(Array(6).fill('again'));
		await deliver(place.db, id!, twins({ email }), noon);
		const [sms, ...more] = await others(id!);
		expect([sms.channel, sms.urgency, sms.notBefore, more.length]).toEqual([
			'sms',
			'emergency',
			null,
			0
		]);
		const gateway = failing([]);
		await deliver(place.db, sms.id, twins({ sms: gateway }), noon);
		expect(gateway.sent[0].text).toContain('FIRE near Extension 4. Leave by Main Road.');
		for (let hour = 1; hour < 9; hour++)
			await deliver(place.db, id!, twins({ email }), later(noon, hours(hour)));
		expect(await rowOf(id!)).toMatchObject({ outcome: 'failed' });
		expect(await others(id!)).toHaveLength(1);
	});

	const report = (to: string, action: string, status: string) =>
		[
			'Return-Path: <>',
			'From: MAILER-DAEMON@mx.example',
			`To: ${to}`,
			'Content-Type: multipart/report; report-type=delivery-status;',
			' boundary="=_b1"',
			'',
			'--=_b1',
			'Content-Type: text/plain',
			'',
			'Sorry.',
			'--=_b1',
			'Content-Type: message/delivery-status',
			'',
			'Reporting-MTA: dns; mx.example',
			'',
			'Final-Recipient: rfc822; thandi@mail.example',
			`Action: ${action}`,
			`Status: ${status}`,
			'Diagnostic-Code: smtp; 550 5.1.1 no',
			'--=_b1--',
			''
		].join('\r\n');

	test('mail that came back marks an address that is none, and leaves a full one', async () => {
		const thandi = await settle();
		const { id } = await tell(thandi, { channel: 'email' });
		await deliver(place.db, id!, twins(), noon);
		const to = returnPath(id!, 'bounce@khanyisa.example');
		const bounced = async () =>
			(
				await place.db
					.select()
					.from(contactPoints)
					.where(eq(contactPoints.id, thandi.contactPointId))
			)[0].bouncedAt;

		for (const spam of [
			'',
			'x',
			report('bounce@khanyisa.example', 'failed', '5.1.1'),
			'To: x\r\n\r\n'
		])
			expect(await noteBounce(place.db, spam, noon)).toBe('unknown');
		expect(await noteBounce(place.db, report(to, 'delayed', '4.4.1'), noon)).toBe('delayed');
		expect(await rowOf(id!)).toMatchObject({ outcome: 'accepted' });
		expect(await noteBounce(place.db, report(to, 'failed', '5.2.2'), noon)).toBe('failed');
		expect(await bounced()).toBeNull();
		expect(await rowOf(id!)).toMatchObject({ outcome: 'failed', fault: 'smtp_5.2.2' });

		const again = await tell(thandi, { channel: 'email' });
		await deliver(place.db, again.id!, twins(), noon);
		const back = report(returnPath(again.id!, 'bounce@khanyisa.example'), 'failed', '5.1.1');
		expect(await noteBounce(place.db, back, noon)).toBe('gone');
		expect(await noteBounce(place.db, back, noon)).toBe('gone');
		expect(await bounced()).toEqual(noon);
		expect(bounceSecret()).toMatch(/^[0-9a-f]{32}$/);
	});

	/** Budgets of the municipality and of one department; Chris keeps them. */
	const limit = async (town: Settled, whole: number | null, department: number | null) => {
		const { municipalityId, departmentId } = town;
		await place.db.insert(smsPrices).values({
			id: newId(),
			municipalityId,
			perThousand: 20_000,
			startsAt: later(noon, -hours(24))
		});
		for (const [whose, cents] of [
			[null, whole],
			[departmentId, department]
		] as const)
			await place.db
				.insert(smsBudgets)
				.values({ id: newId(), municipalityId, departmentId: whose, cents, changedAt: noon });
		const chris = newId();
		await place.db.insert(people).values({ id: chris, name: 'Chris Majola' });
		await place.db.insert(grants).values({
			id: newId(),
			municipalityId,
			personId: chris,
			role: 'admin',
			startsAt: later(noon, -hours(1))
		});
		return chris;
	};
	const spend = (db: Db, departmentId: string) =>
		db.select().from(smsSpend).where(eq(smsSpend.departmentId, departmentId));

	test('an SMS is counted, warned of at four fifths, and goes by e-mail when the budget is used up', async () => {
		const town = await settle();
		const chris = await limit(town, null, 100);
		const { departmentId } = town;
		for (let n = 1; n <= 5; n++) expect((await tell(town, { departmentId })).id).toBeTruthy();
		expect(await spend(place.db, departmentId)).toMatchObject([
			{ month: '2026-11', segments: 5, millicents: 100_000, refused: 0 }
		]);
		const toChris = async () =>
			(await letters(place.db))
				.filter(({ personId }) => personId === chris)
				.map(({ text }) => text);
		expect(await toChris()).toEqual([
			'The SMS budget of Water and Sanitation is four fifths used. It renews on Tue 1 Dec; when it is used up, news goes by e-mail or into the inbox instead.'
		]);

		const { id } = await tell(town, { departmentId });
		expect(await rowOf(id!)).toMatchObject({ channel: 'email' });
		await tell(town, { departmentId });
		expect((await toChris()).at(-1)).toBe(
			'The SMS budget of Water and Sanitation is used up. It renews on Tue 1 Dec; emergencies and sign-in codes are sent all the same.'
		);
		expect(await toChris()).toHaveLength(2);
		expect(await spend(place.db, departmentId)).toMatchObject([{ segments: 5, refused: 2 }]);
		expect((await tell(town, { departmentId }, new Date('2026-12-01T10:00:00Z'))).id).toBeTruthy();
	});

	test('a bare number hears no more until the month is over; an emergency and a code go out and are counted', async () => {
		const town = await settle();
		await limit(town, 0, null);
		const number = await settleContact(place.db, '+27820000199');
		const bare = { personId: undefined, contactPointId: number };
		expect(await tell(town, bare)).toEqual({ skipped: 'over_budget' });
		const own = { template: undefined, title: 'Leave now', text: 'Leave now.' };
		expect((await tell(town, { ...bare, ...own, urgency: 'emergency' })).id).toBeTruthy();
		const code = { template: 'sign_in_code' as const, facts: { code: '123456' } };
		expect((await tell(town, { ...bare, ...code })).id).toBeTruthy();
		const [whole] = await place.db.select().from(smsSpend);
		expect(whole).toMatchObject({ exemptSegments: 2, segments: 2, refused: 1 });
	});

	test('the same deed told twice is paid once', async () => {
		const town = await settle();
		await limit(town, 1000, null);
		const { departmentId, municipalityId } = town;
		await follow(
			place.db,
			{
				municipalityId,
				subject: 'issue',
				subjectId: issue,
				personId: town.personId,
				channel: 'sms',
				because: 'asked'
			},
			noon
		);
		const news = {
			municipalityId,
			subject: 'issue' as const,
			subjectId: issue,
			template: 'case.in_progress' as const,
			facts: { reference: 'KHA-26-7K3MQ' },
			departmentId,
			dedupe: 'deed'
		};
		expect(await tellFollowers(place.db, news, noon)).toBe(1);
		expect(await tellFollowers(place.db, news, noon)).toBe(0);
		const found = await place.db
			.select()
			.from(messages)
			.where(and(eq(messages.channel, 'sms')));
		expect(found).toMatchObject([{ segments: 1, departmentId }]);
		const paid = await place.db.select({ segments: smsSpend.segments }).from(smsSpend);
		expect(paid).toEqual([{ segments: 1 }, { segments: 1 }]);
	});
});
