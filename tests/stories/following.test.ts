import { expect, test } from 'vitest';
import {
	follow,
	messageToken,
	resumeByLink,
	sendMessage,
	settingsByLink,
	stopByLink,
	tellFollowers,
	unfollow,
	verifyContact
} from '#lib/delivery/server/index.ts';
import { messages, preferences } from '#lib/delivery/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { letters, settleContact, settleReader, settleTown } from '../support/followers.ts';
import { inBothDatabases } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');
/** 22:10 in Khanyisa. */
const night = new Date('2026-11-20T20:10:00Z');

inBothDatabases((place) => {
	const pipe = newId();
	const start = async () => {
		const { municipalityId } = await settleTown(place.db);
		const asks = (who: { personId?: string; contactPointId?: string }, language = 'en') =>
			follow(
				place.db,
				{
					municipalityId,
					subject: 'issue',
					subjectId: pipe,
					channel: 'email',
					language,
					because: 'asked',
					...who
				},
				noon
			);
		const tell = (now = noon, more: object = {}) =>
			tellFollowers(
				place.db,
				{
					municipalityId,
					subject: 'issue',
					subjectId: pipe,
					template: 'case.in_progress',
					facts: { reference: 'KHA-26-7K3MQ', department: 'Water and Sanitation' },
					path: '/issues/KHA-26-7K3MQ',
					dedupe: 'deed-1',
					...more
				},
				now
			);
		return { municipalityId, asks, tell };
	};

	test('a follower is told once per deed, however often the job runs', async () => {
		const { asks, tell } = await start();
		const thandi = await settleReader(place.db, 'Thandi Mokoena', 'thandi@mail.example');
		await asks({ personId: thandi.personId });
		expect(await tell()).toBe(1);
		expect(await tell()).toBe(0);

		const [letter] = await letters(place.db);
		expect(letter).toMatchObject({ channel: 'email', outcome: null, notBefore: null });
		expect(letter.title).toBe('KHA-26-7K3MQ: work under way');
		expect(letter.text).toContain('Water and Sanitation has started.');
		expect(letter.text).toContain('https://khanyisa.example/issues/KHA-26-7K3MQ');
		expect(letter.text).toMatch(/quiet hours:\nhttps:\/\/khanyisa\.example\/messages\/[\w-]{32}/);
	});

	test('everyone reads it in their own language, and a draft says that it is one', async () => {
		const { asks, tell } = await start();
		const ayanda = await settleReader(place.db, 'Ayanda Booysen', '+27820000102');
		const sizwe = await settleReader(place.db, 'Sizwe Dube', 'sizwe@mail.example');
		await asks({ contactPointId: ayanda.contactPointId }, 'zu');
		await asks({ personId: sizwe.personId }, 'af');
		await tell();

		const told = await letters(place.db);
		const sms = told.find(({ channel }) => channel === 'sms')!;
		expect(sms).toMatchObject({ language: 'zu', title: 'KHA-26-7K3MQ: umsebenzi uyaqhubeka' });
		expect(sms.text).toContain('https://khanyisa.example/messages/');
		const email = told.find(({ channel }) => channel === 'email')!;
		expect(email.text).toContain('This translation is a draft');
	});

	test('nobody is woken: at night a message waits for the morning, a sign-in code does not', async () => {
		const { municipalityId, asks, tell } = await start();
		const thandi = await settleReader(place.db, 'Thandi Mokoena', '+27820000101');
		await asks({ contactPointId: thandi.contactPointId });
		await tell(night);
		await sendMessage(
			place.db,
			{
				municipalityId,
				contactPointId: thandi.contactPointId,
				template: 'sign_in_code',
				facts: { code: '123456' },
				subject: 'sign_in',
				subjectId: thandi.contactPointId,
				dedupeKey: 'code-1'
			},
			night
		);

		const [news, code] = await letters(place.db);
		expect(news.notBefore).toEqual(new Date('2026-11-21T04:30:00Z'));
		expect(code.notBefore).toBeNull();
		expect(code.text).toBe(
			'123456 is your code for Khanyisa. It works for 10 minutes. Never give it to anybody.'
		);
		expect(code.title).not.toContain('123456');
	});

	test('who does it, who stopped following, who opted out and who never confirmed hear nothing', async () => {
		const { asks, tell } = await start();
		const riaan = await settleReader(place.db, 'Riaan Mabuza', 'riaan@khanyisa.example');
		const thandi = await settleReader(place.db, 'Thandi Mokoena', 'thandi@mail.example');
		const sipho = await settleReader(place.db, 'Sipho Dlamini', 'sipho@mail.example');
		const stranger = await settleContact(place.db, 'stranger@mail.example', false);
		for (const { personId } of [riaan, thandi, sipho]) await asks({ personId });
		await asks({ contactPointId: stranger });
		await unfollow(
			place.db,
			{ subject: 'issue', subjectId: pipe, personId: thandi.personId },
			noon
		);
		await place.db.insert(preferences).values({
			id: newId(),
			personId: sipho.personId,
			optedOut: ['email:issue'],
			updatedAt: noon
		});

		expect(await tell(noon, { exceptPersonId: riaan.personId })).toBe(0);
	});

	test('a private answer goes to the reporter alone', async () => {
		const { municipalityId, asks, tell } = await start();
		const thandi = await settleReader(place.db, 'Thandi Mokoena', 'thandi@mail.example');
		const ayanda = await settleReader(place.db, 'Ayanda Booysen', 'ayanda@mail.example');
		await asks({ personId: ayanda.personId });
		await follow(
			place.db,
			{
				municipalityId,
				subject: 'issue',
				subjectId: pipe,
				personId: thandi.personId,
				channel: 'email',
				because: 'reported'
			},
			noon
		);
		await tell(noon, {
			template: 'reply',
			words: 'Your meter is behind it.',
			because: ['reported']
		});
		const told = await letters(place.db);
		expect(told.map(({ personId }) => personId)).toEqual([thandi.personId]);
		expect(told[0].text).toContain('> Your meter is behind it.');
	});

	test('what is in a message lies sealed in the database', async () => {
		const { asks, tell } = await start();
		const thandi = await settleReader(place.db, 'Thandi Mokoena', 'thandi@mail.example');
		await asks({ personId: thandi.personId });
		await tell(noon, { template: 'reply', words: 'Come to the office on Monday' });
		const [row] = await place.db.select().from(messages);
		expect(JSON.stringify(row)).not.toContain('Monday');
		expect(row.textSealed!.includes('Monday')).toBe(false);
	});

	test('an unverified contact gets its receipts, a few a day, and nothing else', async () => {
		const { municipalityId } = await start();
		const contactPointId = await settleContact(place.db, '+27820000777', false);
		const receipt = (n: number) =>
			sendMessage(
				place.db,
				{
					municipalityId,
					contactPointId,
					template: 'receipt',
					facts: { reference: `KHA-26-0000${n}`, department: 'Roads' },
					subject: 'issue',
					subjectId: newId(),
					dedupeKey: `receipt-${n}`
				},
				noon
			);
		for (const n of [1, 2, 3]) expect((await receipt(n)).id).toBeDefined();
		expect(await receipt(4)).toEqual({ skipped: 'too_many' });
		const [{ text }] = await letters(place.db);
		expect(text).toMatch(/^We have it\. Your number is KHA-26-00001\. More, or stop these: https/);
	});

	test('an old message still stops, and does nothing else', async () => {
		const { asks, tell } = await start();
		const contactPointId = await settleContact(place.db, 'sipho@mail.example');
		await asks({ contactPointId });
		await tell();
		const [{ id }] = await letters(place.db);
		const token = messageToken(id);
		const late = new Date(noon.getTime() + 91 * 86_400_000);
		const soon = new Date(noon.getTime() + 89 * 86_400_000);
		await resumeByLink(place.db, token, soon);
		for (const deed of [resumeByLink, verifyContact])
			await expect(deed(place.db, token, late)).rejects.toMatchObject({
				status: 409,
				message: expect.stringContaining('still stops messages')
			});
		expect(await settingsByLink(place.db, token, late)).toMatchObject({ old: true, follows: true });
		await stopByLink(place.db, token, new Date(noon.getTime() + 3000 * 86_400_000));
		expect(await settingsByLink(place.db, token, late)).toMatchObject({ follows: false });
	});

	test('an emergency never leaves in a draft', async () => {
		const { municipalityId } = await start();
		const ayanda = await settleReader(place.db, 'Ayanda Booysen', '+27820000102');
		await expect(
			sendMessage(
				place.db,
				{
					municipalityId,
					contactPointId: ayanda.contactPointId,
					template: 'reply',
					language: 'zu',
					urgency: 'emergency',
					subject: 'issue',
					subjectId: pipe,
					dedupeKey: 'emergency-1'
				},
				noon
			)
		).rejects.toMatchObject({ status: 409, message: expect.stringContaining('isiZulu') });
	});

	test('following twice is following once, and following again brings it back', async () => {
		const { asks, tell } = await start();
		const thandi = await settleReader(place.db, 'Thandi Mokoena', 'thandi@mail.example');
		const first = await asks({ personId: thandi.personId });
		await unfollow(
			place.db,
			{ subject: 'issue', subjectId: pipe, personId: thandi.personId },
			noon
		);
		expect(await asks({ personId: thandi.personId })).toBe(first);
		expect(await tell()).toBe(1);
	});
});
