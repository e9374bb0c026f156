import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import {
	deliver,
	failing,
	follow,
	isFollowing,
	resumeByLink,
	sendMessage,
	settingsByLink,
	settingsOf,
	stopByLink,
	stopKindByLink,
	tellFollowers,
	messageToken,
	outbox,
	useChannels,
	verifyContact,
	wakeMessages,
	deliveryJobs
} from '#lib/delivery/server/index.ts';
import { changeSettings } from '#lib/delivery/server/preferences.ts';
import { messages } from '#lib/delivery/server/schema.ts';
import { contactPoints } from '#lib/identity/server/schema.ts';
import type { Channels } from '#lib/delivery/channel.ts';
import { newId } from '#lib/platform/ids.ts';
import { drainJobs, type Job } from '#lib/platform/server/jobs.ts';
import { hours, later, minutes } from '#lib/platform/time.ts';
import { settleContact, settleReader, settleTown } from '../support/followers.ts';
import { inBothDatabases } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');
const twins = (more: Partial<Channels> = {}): Channels => ({
	email: outbox,
	sms: outbox,
	web_push: outbox,
	inbox: outbox,
	...more
});

inBothDatabases((place) => {
	const pipe = newId();

	const one = async (value = 'thandi@mail.example', now = noon) => {
		const { municipalityId } = await settleTown(place.db);
		const thandi = await settleReader(place.db, 'Thandi Mokoena', value);
		await follow(
			place.db,
			{
				municipalityId,
				subject: 'issue',
				subjectId: pipe,
				contactPointId: thandi.contactPointId,
				channel: 'email',
				because: 'asked'
			},
			now
		);
		const tell = (dedupe: string, at = now) =>
			tellFollowers(
				place.db,
				{
					municipalityId,
					subject: 'issue',
					subjectId: pipe,
					template: 'case.in_progress',
					facts: { reference: 'KHA-26-7K3MQ', department: 'Water and Sanitation' },
					path: '/issues/KHA-26-7K3MQ',
					dedupe
				},
				at
			);
		await tell('deed-1');
		const [{ id }] = await place.db.select({ id: messages.id }).from(messages);
		return { ...thandi, municipalityId, id, tell, token: messageToken(id) };
	};
	const rowOf = async (id: string) =>
		(await place.db.select().from(messages).where(eq(messages.id, id)))[0];

	test('a message that was taken is not sent again, however often the job runs', async () => {
		const { id } = await one();
		const email = failing([]);
		await deliver(place.db, id, twins({ email }), noon);
		await deliver(place.db, id, twins({ email }), noon);
		expect(email.sent).toHaveLength(1);
		expect(email.sent[0]).toMatchObject({ to: 'thandi@mail.example', from: 'Khanyisa' });
		expect(await rowOf(id)).toMatchObject({ outcome: 'accepted', tries: 1, outcomeAt: noon });
	});

	test('a gateway that is down is asked again at growing pauses, and then it has failed', async () => {
		const { id } = await one();
		const email = failing(Array(9).fill('again'));
		let now = noon;
		for (let hour = 0; hour < 12; hour++) {
			await deliver(place.db, id, twins({ email }), now);
			now = later(now, hours(1));
		}
		expect(email.sent).toHaveLength(6);
		expect(await rowOf(id)).toMatchObject({ outcome: 'failed', fault: 'down', tries: 6 });
	});

	test('a gateway that says when is believed', async () => {
		const { id } = await one();
		const email = failing([300]);
		await deliver(place.db, id, twins({ email }), noon);
		await deliver(place.db, id, twins({ email }), later(noon, minutes(4)));
		expect(email.sent).toHaveLength(1);
		await deliver(place.db, id, twins({ email }), later(noon, minutes(5)));
		expect(await rowOf(id)).toMatchObject({ outcome: 'accepted', fault: null });
	});

	test('an address that is gone is never written to again', async () => {
		const { id, tell, contactPointId } = await one();
		await deliver(place.db, id, twins({ email: failing([{ outcome: 'gone' }]) }), noon);
		const [contact] = await place.db
			.select()
			.from(contactPoints)
			.where(eq(contactPoints.id, contactPointId));
		expect(contact.bouncedAt).toEqual(noon);
		expect(await tell('deed-2')).toBe(0);
	});

	test('while e-mail is out of order an SMS goes its way', async () => {
		const { municipalityId } = await one();
		const number = await settleContact(place.db, '+27820000102');
		const sms = failing([]);
		useChannels(twins({ email: failing(Array(9).fill('again')), sms }));
		await sendMessage(
			place.db,
			{
				municipalityId,
				contactPointId: number,
				template: 'sign_in_code',
				facts: { code: '123456' },
				subject: 'sign_in',
				subjectId: number,
				dedupeKey: 'code-1'
			},
			noon
		);
		await drainJobs(place.db, deliveryJobs as unknown as Job[], noon);
		useChannels();
		expect(sms.sent.map(({ to, text }) => [to, text.slice(0, 6)])).toEqual([
			['+27820000102', '123456']
		]);
		const found = await place.db.select().from(messages);
		expect(found.map(({ channel, outcome }) => [channel, outcome]).sort()).toEqual([
			['email', null],
			['sms', 'accepted']
		]);
	});

	test('somebody concealed reads in mails and texts that there is news, and nothing of it; a code comes as it is', async () => {
		const { personId, municipalityId, id, token, contactPointId } = await one();
		await changeSettings(place.db, { personId }, { concealed: true }, noon);
		const gateway = failing([]);
		await deliver(place.db, id, twins({ email: gateway }), noon);
		const [mail] = gateway.sent;
		expect(mail.title).toBe('News from your municipality');
		expect(mail.text).toBe(
			`News from your municipality: https://khanyisa.example/messages/${token}`
		);
		expect(JSON.stringify({ ...mail, url: '' })).not.toMatch(/KHA-26|Water/);
		// What it was about is kept, and stands behind the link.
		expect((await settingsByLink(place.db, token)).title).toMatch(/KHA-26-7K3MQ|Water/);

		const code = await sendMessage(
			place.db,
			{
				municipalityId,
				contactPointId,
				channel: 'email',
				template: 'sign_in_code',
				facts: { code: '123456' },
				subject: 'sign_in',
				subjectId: contactPointId,
				dedupeKey: 'code-2'
			},
			noon
		);
		await deliver(place.db, code.id!, twins({ email: gateway }), noon);
		expect(gateway.sent[1].text).toContain('123456');
	});

	test('what waited for the morning goes out in the morning', async () => {
		const night = new Date('2026-11-20T20:10:00Z');
		const { id } = await one('thandi@mail.example', night);
		const email = failing([]);
		useChannels(twins({ email }));
		await drainJobs(place.db, deliveryJobs as unknown as Job[], night);
		expect(email.sent).toHaveLength(0);
		const morning = new Date('2026-11-21T04:31:00Z');
		await wakeMessages(place.db, morning);
		await drainJobs(place.db, deliveryJobs as unknown as Job[], morning);
		useChannels();
		expect(await rowOf(id)).toMatchObject({ outcome: 'accepted', outcomeAt: morning });
	});

	test('the link stops it, as often as it is pressed, and brings it back', async () => {
		const { token, tell, contactPointId } = await one();
		const follows = () =>
			isFollowing(place.db, { subject: 'issue', subjectId: pipe, contactPointId });
		await stopByLink(place.db, token, noon);
		await stopByLink(place.db, token, noon);
		expect(await follows()).toBe(false);
		expect(await tell('deed-2')).toBe(0);
		await resumeByLink(place.db, token, noon);
		expect(await follows()).toBe(true);
		expect(await tell('deed-3')).toBe(1);
	});

	test('the link stops everything of its kind', async () => {
		const { token, tell, contactPointId } = await one();
		await stopKindByLink(place.db, token, noon);
		await stopKindByLink(place.db, token, noon);
		expect((await settingsOf(place.db, { contactPointId })).optedOut).toEqual(['email:issue']);
		expect(await tell('deed-2')).toBe(0);
	});

	test('a forged, cut or invented link opens nothing', async () => {
		const { token, id } = await one();
		const other = messageToken(newId());
		const forged = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
		for (const wrong of [forged, token.slice(1), other, id, '', '../../etc/passwd'])
			for (const deed of [stopByLink, stopKindByLink, verifyContact, settingsByLink])
				await expect(deed(place.db, wrong)).rejects.toMatchObject({ status: 404 });
	});

	test('the link in a receipt proves the address it was sent to', async () => {
		const { municipalityId } = await settleTown(place.db);
		const contactPointId = await settleContact(place.db, 'new@mail.example', false);
		const { id } = await sendMessage(
			place.db,
			{
				municipalityId,
				contactPointId,
				template: 'receipt',
				facts: { reference: 'KHA-26-7K3MQ' },
				subject: 'issue',
				subjectId: pipe,
				dedupeKey: 'receipt-1'
			},
			noon
		);
		expect(await settingsByLink(place.db, messageToken(id!))).toMatchObject({ confirmed: false });
		await verifyContact(place.db, messageToken(id!), noon);
		expect(await settingsByLink(place.db, messageToken(id!))).toMatchObject({ confirmed: true });
	});
});
