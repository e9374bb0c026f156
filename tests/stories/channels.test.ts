import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import {
	channelStatus,
	outbox,
	pageOnCall,
	recentOutages,
	testLinksNow,
	useChannels,
	watchTakings
} from '#lib/delivery/server/index.ts';
import { messages, pushSubscriptions } from '#lib/delivery/server/schema.ts';
import { pushWays } from '#lib/delivery/server/watch/push-ways.ts';
import { personContacts } from '#lib/identity/server/schema.ts';
import type { Channels } from '#lib/delivery/channel.ts';
import { newId } from '#lib/platform/ids.ts';
import { hours, later, minutes } from '#lib/platform/time.ts';
import { makeCertificate } from '../support/certificate.ts';
import { addColleague, addMunicipality } from '../support/colleagues.ts';
import { letters, settleContact } from '../support/followers.ts';
import { inBothDatabases } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');

inBothDatabases((place) => {
	/** Khanyisa with Chris Majola on call, who has an address and a phone, and Pumla who is not. */
	const settle = async () => {
		const { id: municipalityId } = await addMunicipality(place.db, {
			code: 'KHA',
			name: 'Khanyisa'
		});
		const chris = await addColleague(
			place.db,
			'Chris Majola',
			municipalityId,
			[{ role: 'admin' }, { role: 'disaster_officer' }],
			later(noon, -hours(1))
		);
		await addColleague(place.db, 'Pumla', municipalityId, [{ role: 'agent' }], noon);
		for (const value of ['chris@khanyisa.example', '+27820000120'])
			await place.db.insert(personContacts).values({
				personId: chris,
				contactPointId: await settleContact(place.db, value),
				purpose: 'service',
				basis: 'public_duty',
				noticeVersion: '1'
			});
		return { municipalityId, chris };
	};
	const pages = async () =>
		(await letters(place.db)).map(({ channel, title, text }) => ({ channel, title, text }));

	test('whoever is on call is told by every way at once, and once', async () => {
		const { municipalityId } = await settle();
		const page = {
			municipalityId,
			key: 'broadcast-1',
			title: 'Held up',
			text: 'The alert is held up.'
		};
		expect(await pageOnCall(place.db, page, noon)).toBe(1);
		expect(await pageOnCall(place.db, page, later(noon, minutes(1)))).toBe(1);
		const found = await letters(place.db);
		expect(found.map(({ channel }) => channel).sort()).toEqual(['email', 'inbox', 'sms']);
		expect(found.every(({ urgency, notBefore }) => urgency === 'emergency' && !notBefore)).toBe(
			true
		);
		expect(found[0].text).toContain('The alert is held up.');
	});

	test('nobody is paged over a channel that is down, nor in an exercise', async () => {
		const { municipalityId } = await settle();
		await pageOnCall(
			place.db,
			{ municipalityId, key: 'k', title: 'SMS is silent', text: 'x', avoid: ['sms'] },
			noon
		);
		expect((await letters(place.db)).map(({ channel }) => channel).sort()).toEqual([
			'email',
			'inbox'
		]);
		expect(
			await pageOnCall(
				place.db,
				{ municipalityId: newId(), key: 'k2', title: 'x', text: 'x' },
				noon
			)
		).toBe(0);
	});

	test('a mail server falls silent: one page after three tries, one when it is back', async () => {
		await settle();
		let down = true;
		let sms = 0;
		const channels: Channels = {
			email: {
				...outbox,
				ways: () => [
					{
						name: 'email',
						probe: async () => {
							if (down)
								throw Object.assign(new Error('chris@khanyisa.example'), { code: 'ECONNREFUSED' });
						}
					}
				]
			},
			sms: {
				...outbox,
				ways: () => [{ name: 'sms/main', probe: async () => void (sms += 1) }]
			},
			web_push: outbox,
			inbox: outbox
		};
		let now = noon;
		const tick = async () => {
			const found = await testLinksNow(place.db, channels, now);
			now = later(now, minutes(3));
			return found;
		};
		expect(await tick()).toMatchObject([{ way: 'email', fault: 'ECONNREFUSED' }, { fault: null }]);
		await tick();
		expect(await pages()).toEqual([]);
		for (let n = 0; n < 4; n++) await tick();
		expect(sms).toBe(6);
		const first = await pages();
		expect(first.map(({ channel }) => channel).sort()).toEqual(['inbox', 'sms']);
		expect(first[0].text).toContain('E-mail has not answered since 12:00 (ECONNREFUSED)');

		useChannels(channels);
		const [email, text] = await channelStatus(place.db, now);
		expect(email.ways).toMatchObject([{ name: 'E-mail', state: 'silent', since: noon }]);
		expect(text.ways).toMatchObject([{ name: 'SMS (main)', state: 'working' }]);
		useChannels();

		down = false;
		await tick();
		await tick();
		const all = await pages();
		expect(all.length).toBe(5);
		expect(all.at(-1)!.title).toBe('E-mail is back');
		expect(await recentOutages(place.db)).toMatchObject([
			{ way: 'email', since: noon, endedAt: later(now, -minutes(6)) }
		]);
	});

	test('a channel that takes fewer messages than usual pages, once', async () => {
		const { municipalityId } = await settle();
		const tell = async (count: number, lost: number, at: Date) => {
			for (let n = 0; n < count; n++)
				await place.db.insert(messages).values({
					id: newId(at),
					municipalityId,
					channel: 'sms',
					subject: 'issue',
					subjectId: 'x',
					template: 'reply',
					language: 'en',
					title: '',
					dedupeKey: newId(at),
					createdAt: at,
					outcome: n < lost ? 'failed' : 'accepted',
					outcomeAt: at
				});
		};
		await tell(200, 2, later(noon, -hours(20)));
		await tell(60, 1, later(noon, -minutes(20)));
		await watchTakings(place.db, noon);
		expect((await pages()).filter(({ title }) => title)).toEqual([]);
		await tell(60, 30, later(noon, -minutes(10)));
		await watchTakings(place.db, noon);
		await watchTakings(place.db, later(noon, minutes(10)));
		const told = await place.db
			.select()
			.from(messages)
			.where(and(eq(messages.subject, 'channel')));
		expect(told.map(({ title }) => title)).toEqual(Array(3).fill('SMS: fewer messages are taken'));
	});

	test('push services are tried by a greeting over checked TLS, and only those that are known', async () => {
		await settle();
		const { key, cert, remove } = makeCertificate();
		const server = createSecureServer({ key, cert });
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
		for (const [nth, origin] of [`https://${host}`, 'https://10.0.0.7:8443', ''].entries())
			await place.db.insert(pushSubscriptions).values({
				id: newId(),
				endpointIndex: `e${nth}`,
				origin,
				sealed: Buffer.alloc(1),
				createdAt: noon
			});
		const [trusted, ...more] = await pushWays(place.db, { allow: host, ca: cert });
		expect([trusted.name, more]).toEqual([`web_push/https://${host}`, []]);
		await trusted.probe();
		const [unknown] = await pushWays(place.db, { allow: host });
		await expect(unknown.probe()).rejects.toMatchObject({
			code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_VERIFY/)
		});
		server.close();
		remove();
		await expect(trusted.probe()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	});
});
