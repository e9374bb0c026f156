import { and, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import type { Alert } from '#lib/alerts/alert.ts';
import { noArea } from '#lib/alerts/area.ts';
import { readCap } from '#lib/alerts/server/cap/read.ts';
import { writeCap } from '#lib/alerts/server/cap/write.ts';
import { ownCapFaults } from '#lib/alerts/server/cap/own-faults.ts';
import {
	addUnknown,
	alertById,
	alertOutputs,
	answerRumour,
	atomFeed,
	checkText,
	handleWeather,
	heardToo,
	hideRumour,
	publicAlert,
	readWeather,
	recordOf,
	retractAlert,
	rssFeed,
	rumoursForOffice,
	rumoursOf,
	sealedVersion,
	settleUnknown,
	tellRumour,
	wentLive,
	weatherForOffice,
	weatherNotRead,
	type AlertRow
} from '#lib/alerts/server/index.ts';
import { weatherWarnings } from '#lib/alerts/server/genuine/schema.ts';
import { alerts } from '#lib/alerts/server/schema.ts';
import { verifyAudit } from '#lib/audit/server/index.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import type { Municipality } from '#lib/identity/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { hours, later, minutes } from '#lib/platform/time.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';
import { live, monday, submitted, wildfire } from '../support/warnings.ts';

inBothDatabases(
	(place) => {
		let khanyisaItself: Municipality;
		let kha: string;
		let nomsa: Actor;
		let lerato: Actor;
		let row: AlertRow;
		let alert: Alert;
		const soon = later(monday, minutes(10));

		beforeEach(async () => {
			khanyisaItself = await khanyisa(place.db);
			kha = khanyisaItself.id;
			nomsa = await personOf(place.db, 'disaster-approver', monday);
			lerato = await personOf(place.db, 'communications', monday);
			row = await live(place.db, kha);
			alert = (await alertById(place.db, kha, row.id))!;
		});

		const check = async (text: string, now = soon) => {
			const found = await checkText(place.db, kha, text, now);
			return found.kind === 'capsule' ? found.verdict.kind : found.kind;
		};

		test('everybody reads the warning in force, with its map, its proof and what can be passed on', async () => {
			const page = await publicAlert(place.db, kha, alert.number);
			expect(page).toMatchObject({ alert: { id: row.id }, changes: null, newest: { version: 1 } });
			expect(page.proof).toMatch(/^[2-9BCDFGHJKMNPQRSTVWXYZ]{4}$/);
			expect(page.map?.path).toMatch(/^M\d+ \d+L/);
			expect(await check(`look: https://x.example/verify?c=${page.capsule} !!`)).toBe('genuine');
			expect(await check(`${alert.number} ${page.proof}`.toLowerCase())).toBe('code');
			expect(await check(alert.number)).toBe('number_only');
			expect(await check(`${alert.number} ${page.proof === '2222' ? '3333' : '2222'}`)).toBe(
				'unknown_code'
			);
			expect(await check('222-333 4444')).toBe('unknown_code');
			expect(await check('my aunt says we must leave')).toBe('nothing');
		});

		test('drafts, what waits, and warnings of the neighbour are nobody’s to read', async () => {
			const waiting = await submitted(place.db, kha, later(monday, hours(1)));
			const { content } = (
				await place.db.select().from(alerts).where(eq(alerts.id, waiting.id))
			)[0];
			await expect(publicAlert(place.db, kha, content!.number)).rejects.toMatchObject({
				status: 404
			});
			await expect(sealedVersion(place.db, kha, content!.number)).rejects.toMatchObject({
				status: 404
			});
			const tho = (await khanyisa(place.db, 'THO')).id;
			await expect(publicAlert(place.db, tho, alert.number)).rejects.toMatchObject({ status: 404 });
			await expect(publicAlert(place.db, kha, alert.number, 2)).rejects.toMatchObject({
				status: 404
			});
		});

		test('its CAP message keeps every rule, and never changes', async () => {
			const { seal } = await sealedVersion(place.db, kha, `${alert.number}.1`);
			const read = readCap(seal.cap);
			expect(ownCapFaults(read)).toEqual([]);
			expect(read).toMatchObject({ status: 'Actual', scope: 'Public', msgType: 'Alert' });
			expect(read.info[0].parameter).toContainEqual({
				valueName: 'contentHash',
				value: alert.contentHash
			});
			expect((await sealedVersion(place.db, kha, alert.number)).seal).toEqual(seal);
		});

		test('a fire in two places is two messages, each with its own wards; what comes after refers to both', async () => {
			const square = (lat: number, lon: number) =>
				[
					[lat, lon],
					[lat, lon + 0.004],
					[lat + 0.004, lon + 0.004],
					[lat + 0.004, lon]
				]
					.map(([a, o]) => `${a.toFixed(6)}, ${o.toFixed(6)}`)
					.join('\n');
			const corners = `${square(-33.235, 28.508)}\n\n${square(-33.235, 28.53)}`;
			const two = await live(place.db, kha, later(monday, minutes(1)), {
				areaWish: { ...noArea, corners },
				values: { ...wildfire(kha).values, place: 'Thembeni' }
			});
			const fire = (await alertById(place.db, kha, two.id))!;
			expect(fire.area.coordinates).toHaveLength(2);
			const message = async (of: string) =>
				readCap((await sealedVersion(place.db, kha, `${fire.number}${of}`)).cap);
			const [first, second] = [await message('.1'), await message('.1.2')];
			expect([first, second].flatMap(ownCapFaults)).toEqual([]);
			expect(second.identifier).toBe(`${first.identifier}.2`);
			expect(second.info[0].area[0].polygon).not.toEqual(first.info[0].area[0].polygon);
			await expect(message('.1.3')).rejects.toMatchObject({ status: 404 });
			for (const feed of [atomFeed, rssFeed]) {
				const said = await feed(place.db, khanyisaItself, soon);
				expect(said).toContain(`/api/alerts/${fire.number}.1.cap.xml`);
				expect(said).toContain(`/api/alerts/${fire.number}.1.2.cap.xml`);
				expect(said).toContain('(area 2 of 2)');
			}
			await retractAlert(place.db, nomsa, { municipalityId: kha, id: two.id }, soon);
			const [cancel] = await place.db
				.select()
				.from(alerts)
				.where(and(eq(alerts.kind, 'cancel'), eq(alerts.incidentId, fire.incidentId)));
			await place.db.transaction((tx) => wentLive(tx, cancel.id, later(soon, 1000)));
			const back = await message('.2.2');
			for (const { sender, identifier, sent } of [first, second])
				expect(back.references).toContain(`${sender},${identifier},${sent}`);
		});

		test('taken back with one tap: the page says so, the old capsule too, CAP says Cancel', async () => {
			const { capsule, proof } = await publicAlert(place.db, kha, alert.number);
			await retractAlert(place.db, nomsa, { municipalityId: kha, id: row.id }, soon);
			const releasing = (await place.db.select().from(alerts).where(eq(alerts.kind, 'cancel')))[0];
			await place.db.transaction((tx) => wentLive(tx, releasing.id, later(soon, 1000)));

			const page = await publicAlert(place.db, kha, alert.number);
			expect(page.alert).toMatchObject({ kind: 'cancel', version: 2 });
			expect(await check(`IMB ${capsule}`, later(soon, minutes(1)))).toBe('retracted');
			expect(await checkText(place.db, kha, `${alert.number} ${proof}`)).toMatchObject({
				kind: 'code',
				newest: { kind: 'cancel' }
			});
			const cancel = readCap((await sealedVersion(place.db, kha, alert.number)).seal.cap);
			expect(ownCapFaults(cancel)).toEqual([]);
			expect(cancel).toMatchObject({
				msgType: 'Cancel',
				references: expect.stringContaining(`.${row.id}.1,`)
			});
			const old = readCap((await sealedVersion(place.db, kha, `${alert.number}.1`)).seal.cap);
			expect(cancel.references).toBe(`${old.sender},${old.identifier},${old.sent}`);
		});

		test('everybody can read who decided, and how long it took', async () => {
			const { deeds, waits, facts } = await recordOf(place.db, kha, alert.number);
			expect(deeds.map(({ who, deed }) => [who, deed])).toEqual([
				['Sipho Dlamini', 'alert.composed'],
				['Sipho Dlamini', 'alert.submitted'],
				['Nomsa Khumalo', 'alert.approved'],
				[null, 'alert.went_live']
			]);
			expect(deeds.map(({ hash }) => hash.length)).toEqual([64, 64, 64, 64]);
			expect(waits).toEqual([{ version: 1, seconds: 0, how: 'approved' }]);
			expect(facts).toMatchObject([{ version: 1, wards: ['Ward 7'], people: 550, sent: null }]);
			expect(facts[0].size).toBeGreaterThan(0.4);
			await expect(recordOf(place.db, kha, '222-222')).rejects.toMatchObject({ status: 404 });
		});

		test('the feeds hold what is in force, and for two days what was', async () => {
			const feed = await atomFeed(place.db, khanyisaItself, soon);
			expect(feed).toContain(`/api/alerts/${alert.number}.1.cap.xml`);
			expect(feed).toContain('application/cap+xml');
			expect(feed).toBe(await atomFeed(place.db, khanyisaItself, later(soon, minutes(1))));
			expect(await rssFeed(place.db, khanyisaItself, soon)).toContain(
				'<guid isPermaLink="false">urn:cap:za.khanyisa.'
			);
			const after = (h: number) =>
				atomFeed(place.db, khanyisaItself, later(alert.expiresAt, hours(h)));
			expect(await after(47)).toContain('<entry>');
			expect(await after(49)).not.toContain('<entry>');
		});

		test('every output is there for the office, in the reviewed language alone, and for no resident', async () => {
			const { languages, sealed } = await alertOutputs(place.db, nomsa, kha, row.id);
			expect(sealed).toBe(true);
			expect(languages.map(({ language }) => language)).toEqual(['en']);
			const kinds = languages[0].outputs.map(({ kind }) => kind);
			expect(kinds).toEqual(['push', 'sms', 'ussd', 'hailer', 'radio', 'whatsapp']);
			expect(languages[0].outputs.filter(({ fits }) => !fits)).toEqual([]);
			const thandi = await personOf(place.db, 'resident', monday);
			await expect(alertOutputs(place.db, thandi, kha, row.id)).rejects.toMatchObject({
				status: 404
			});
		});

		const from = { device: 'phone-of-thandi', network: '10.0.0' };
		const heard = (more = {}) => ({
			id: newId(),
			municipalityId: kha,
			number: alert.number,
			heard: 'The hall is full.',
			language: 'en',
			...more
		});

		test('Thandi tells what she heard; told again it is counted; the answer is signed and stands on the page', async () => {
			const first = await tellRumour(place.db, from, heard(), soon);
			const sent = heard({ id: first.id });
			expect(await tellRumour(place.db, from, sent, soon)).toMatchObject({ times: 1 });
			expect(
				await tellRumour(place.db, from, heard({ heard: 'the HALL is full.' }), soon)
			).toMatchObject({ id: first.id, times: 2 });
			expect((await rumoursOf(place.db, kha, alert.incidentId)).answered).toEqual([]);

			const [waiting] = await rumoursForOffice(place.db, lerato, kha);
			const answer = {
				municipalityId: kha,
				id: waiting.id,
				version: waiting.version,
				number: alert.number
			};
			const checking = await answerRumour(
				place.db,
				lerato,
				{ ...answer, answer: 'checking', says: '' },
				soon
			);
			const at = later(soon, minutes(5));
			const done = await answerRumour(
				place.db,
				lerato,
				{ ...answer, version: checking.version, answer: 'false', says: 'There is room for 380.' },
				at
			);
			expect(done).toMatchObject({ answer: 'false', checkingSince: soon });
			const [shown] = (await publicAlert(place.db, kha, alert.number)).heard.answered;
			expect(shown.says).toBe('There is room for 380.');
			expect(await checkText(place.db, kha, shown.card!, at)).toMatchObject({
				verdict: {
					kind: 'card',
					owner: 'Khanyisa',
					card: { answer: 'false', heard: 'The hall is full.', number: alert.number }
				}
			});
			expect((await verifyAudit(place.db)).filter(({ broken }) => broken)).toEqual([]);
		});

		test('a rumour of two words, of nobody’s warning, an answer that says nothing, or an old page: refused', async () => {
			await expect(tellRumour(place.db, from, heard({ heard: 'no' }), soon)).rejects.toMatchObject({
				status: 400,
				field: 'heard'
			});
			await expect(
				tellRumour(place.db, from, heard({ number: '222-222' }), soon)
			).rejects.toMatchObject({ status: 404 });
			const { id, version } = await tellRumour(place.db, from, heard(), soon);
			const answer = {
				municipalityId: kha,
				id,
				version,
				number: null,
				answer: 'true' as const,
				says: 'It is.'
			};
			await expect(
				answerRumour(place.db, lerato, { ...answer, says: '' }, soon)
			).rejects.toMatchObject({ field: 'says' });
			await expect(
				answerRumour(place.db, lerato, { ...answer, version: 9 }, soon)
			).rejects.toMatchObject({ status: 409 });
			for (const handle of ['resident', 'councillor', 'neighbour-admin']) {
				const actor = await personOf(place.db, handle, monday);
				await expect(answerRumour(place.db, actor, answer, soon), handle).rejects.toMatchObject({
					status: 404
				});
			}
		});

		test('one phone counts once for a rumour, and may not tell us eleven things an hour', async () => {
			const { id } = await tellRumour(place.db, { ...from, device: 'somebody' }, heard(), soon);
			for (let i = 0; i < 3; i++) await heardToo(place.db, from, { municipalityId: kha, id }, soon);
			expect((await rumoursForOffice(place.db, lerato, kha))[0].times).toBe(2);
			for (let i = 0; i < 10; i++)
				await tellRumour(place.db, from, heard({ heard: `Something else, number ${i}` }), soon);
			await expect(
				tellRumour(place.db, from, heard({ heard: 'And one more thing' }), soon)
			).rejects.toMatchObject({ status: 429 });
		});

		test('abuse is hidden for good; what we do not know is said until it is known', async () => {
			const { id } = await tellRumour(place.db, from, heard(), soon);
			await hideRumour(place.db, lerato, { municipalityId: kha, id }, soon);
			expect(await rumoursForOffice(place.db, lerato, kha)).toEqual([]);
			const unknown = {
				id: newId(),
				municipalityId: kha,
				number: alert.number,
				words: 'When Blouklip Pass opens again.'
			};
			await addUnknown(place.db, lerato, unknown, soon);
			await addUnknown(place.db, lerato, unknown, soon);
			expect((await rumoursOf(place.db, kha, alert.incidentId)).unknowns).toHaveLength(1);
			await settleUnknown(place.db, lerato, unknown, soon);
			expect((await rumoursOf(place.db, kha, alert.incidentId)).unknowns).toEqual([]);
		});

		const weather = (
			identifier: string,
			sent: string,
			areaDesc: string,
			polygon?: string,
			msgType = 'Update'
		) =>
			writeCap({
				...{
					identifier,
					sender: 'SAWSMeteoFactorySystem',
					sent,
					status: 'Actual',
					msgType,
					scope: 'Restricted',
					code: []
				},
				info: [
					{
						...{
							language: 'en-EN',
							category: ['Met'],
							event: 'Damaging Winds',
							responseType: [],
							eventCode: [],
							resource: []
						},
						...{
							urgency: 'Future',
							severity: 'Minor',
							certainty: 'Observed',
							senderName: 'SAWS',
							headline: 'Damaging Winds',
							description: 'Trees fall.'
						},
						onset: '2026-11-24T00:00:00+02:00',
						expires: '2026-11-24T23:59:59+02:00',
						parameter: [{ valueName: 'alertType', value: 'Warning Level 2' }],
						area: [{ areaDesc, polygon: polygon ? [polygon] : [], circle: [], geocode: [] }]
					}
				]
			});
		const feed = 'https://caps.example.org/Home/RssFeed';
		const relay = (files: Record<string, string>) =>
			readWeather(
				place.db,
				{
					feed,
					async fetch(url) {
						if (url === feed)
							return `<rss>${Object.keys(files)
								.map((name) => `<item><link>/${name}.xml</link></item>`)
								.join('')}</rss>`;
						return files[url.slice('https://caps.example.org/'.length, -4)];
					}
				},
				monday
			);

		test('what the Weather Service warns of is offered once, by name or by place; nothing is sent', async () => {
			const [[lon, lat]] = alert.area.coordinates[0][0].map((corner) => corner);
			const around = [
				[-1, -1],
				[-1, 1],
				[1, 1],
				[-1, -1]
			]
				.map(([y, x]) => `${lat + y / 10},${lon + x / 10}`)
				.join(' ');
			const files = {
				named: weather('a', '2026-11-23T06:03:00+02:00', 'Khanyisa / Khanyisa'),
				again: weather('b', '2026-11-23T08:03:00+02:00', 'Khanyisa / Khanyisa'),
				placed: weather('c', '2026-11-23T08:03:00+02:00', 'Somewhere in the hills', around),
				elsewhere: weather('d', '2026-11-23T08:03:00+02:00', 'eThekwini / M3 Durban'),
				broken: '<alert/>',
				attack: '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'
			};
			expect(await relay(files)).toBe(2 + (await countFor('THO')));
			expect(await relay(files)).toBe(0);
			const list = await weatherForOffice(place.db, nomsa, kha, monday);
			expect(list.map(({ identifier }) => identifier).sort()).toEqual(['b', 'c']);
			expect(list.find(({ identifier }) => identifier === 'b')).toMatchObject({
				state: 'offered',
				level: 'Warning Level 2',
				signer: 'unsigned',
				description: 'Trees fall.'
			});

			const [{ id }] = list;
			await handleWeather(place.db, nomsa, { municipalityId: kha, id, state: 'set_aside' }, soon);
			await expect(
				handleWeather(place.db, nomsa, { municipalityId: kha, id, state: 'taken' }, soon)
			).rejects.toMatchObject({ status: 409 });
			await relay({
				named: weather('e', '2026-11-23T09:00:00+02:00', 'Khanyisa / Khanyisa', undefined, 'Cancel')
			});
			const states = await weatherForOffice(place.db, nomsa, kha, monday);
			expect(states.find(({ identifier }) => identifier === 'e')?.state).toBe('withdrawn');
		});
		test('one bad document stops none of the others; officials are told until it is mended', async () => {
			const good = weather('a', '2026-11-23T06:03:00+02:00', 'Khanyisa / Khanyisa');
			const open = '-33.9,18.8 -33.9,18.9 -34,18.9 -34,18.8';
			const files: Record<string, string> = {
				nowhen: good.replace('<sent>2026-11-23', '<sent>2026-13-45'),
				nonsense: '<alert',
				yearless: good.replace('<sent>2026', '<sent>0000').replace('>a<', '>y<'),
				unclosed: weather('u', '2026-11-23T06:03:00+02:00', 'The hills', open),
				good
			};
			await relay(files);
			const list = await weatherForOffice(place.db, nomsa, kha, monday);
			expect(list.map(({ identifier }) => identifier)).toContain('a');
			const unread = await weatherNotRead(place.db, nomsa, kha);
			const names = unread.map(({ link }) => /(\w+)\.xml$/.exec(link)?.[1]);
			expect(names).toEqual(expect.arrayContaining(['nowhen', 'nonsense']));
			expect(names).not.toContain('good');

			await relay({ ...files, nowhen: good });
			const left = (await weatherNotRead(place.db, nomsa, kha)).map(({ link }) => link);
			expect(left).toContain('https://caps.example.org/nonsense.xml');
			expect(left).not.toContain('https://caps.example.org/nowhen.xml');
			const thandi = await personOf(place.db, 'resident', monday);
			expect(() => weatherNotRead(place.db, thandi, kha)).toThrow();
		});

		test('a feed that is no feed is told to officials, and is no fault of ours', async () => {
			const fetch = async () => '<html>Maintenance</html>';
			expect(await readWeather(place.db, { feed, fetch }, monday)).toBe(0);
			expect(await weatherNotRead(place.db, nomsa, kha)).toMatchObject([
				{ link: feed, why: 'It is no feed.' }
			]);
		});
		const countFor = async (code: string) => {
			const { id } = await khanyisa(place.db, code);
			return (
				await place.db.select().from(weatherWarnings).where(eq(weatherWarnings.municipalityId, id))
			).length;
		};
	},
	async (db) => {
		await settleKhanyisa(db, monday);
	}
);
