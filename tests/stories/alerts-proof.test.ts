import { createHash } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { noArea } from '#lib/alerts/area.ts';
import {
	addClip,
	alertById,
	approveAlert,
	approveClip,
	breakGlass,
	capImportsForOffice,
	capsuleKeys,
	changeAlert,
	checkText,
	clipBytes,
	draftFromImport,
	fastTrack,
	importCap,
	keysOf,
	posterFor,
	publicAlert,
	recordOf,
	removeClip,
	resourceOf,
	retractAlert,
	sealAlert,
	sealedVersion,
	startUpdate,
	submitAlert,
	wentLive,
	whatMayBeDone,
	type AlertRow,
	type NewDraft
} from '#lib/alerts/server/index.ts';
import { readCap } from '#lib/alerts/server/cap/read.ts';
import { signCap } from '#lib/alerts/server/cap/sign.ts';
import { writeCap } from '#lib/alerts/server/cap/write.ts';
import type { CapAlert } from '#lib/alerts/server/cap/document.ts';
import { signed } from '#lib/alerts/server/genuine/capsule.ts';
import { signingKey } from '#lib/alerts/server/genuine/keys.ts';
import { alerts } from '#lib/alerts/server/schema.ts';
import { municipalities } from '#lib/identity/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { newId } from '#lib/platform/ids.ts';
import { appRole } from '#lib/platform/server/db.ts';
import { later, minutes } from '#lib/platform/time.ts';
import { findMunicipality } from '#lib/web/municipality.ts';
import { settleExercise } from '../../src/demo/khanyisa/exercise.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { sharedData } from '../support/shared-data.ts';
import { inBothDatabases } from '../support/story.ts';
import { live, monday, submitted, wildfire } from '../support/warnings.ts';

inBothDatabases(
	(place) => {
		let kha: string;
		let sipho: Actor;
		let nomsa: Actor;
		let johan: Actor;
		let lerato: Actor;
		const after = (m: number) => later(monday, minutes(m));
		const at = ({ id }: Pick<AlertRow, 'id'>) => ({ municipalityId: kha, id });

		beforeEach(async () => {
			kha = (await khanyisa(place.db)).id;
			sipho = await personOf(place.db, 'disaster-officer', monday);
			nomsa = await personOf(place.db, 'disaster-approver', monday);
			johan = await personOf(place.db, 'incident-commander', monday);
			lerato = await personOf(place.db, 'communications', monday);
		});

		describe('what goes with a warning', () => {
			test('its CAP message names the map and the poster, with the size and digest they have', async () => {
				const { id } = await live(place.db, kha);
				const alert = (await alertById(place.db, kha, id))!;
				const { seal } = await sealedVersion(place.db, kha, alert.number);
				const { resource } = readCap(seal.cap).info[0];
				expect(resource.map(({ mimeType }) => mimeType)).toEqual(['image/png', 'application/pdf']);
				for (const each of resource) {
					const name = each.uri!.split('/').pop()!;
					expect(each.uri).toContain(`/api/alerts/${alert.number}.1/`);
					const { bytes } = await resourceOf(place.db, alert, name);
					expect(each.size).toBe(String(bytes.length));
					expect(each.digest).toBe(createHash('sha1').update(bytes).digest('hex'));
				}
				const map = await resourceOf(place.db, alert, 'map.png');
				expect(map.bytes.subarray(1, 4).toString()).toBe('PNG');
			});

			test('without a map it goes out all the same, signed, and is read', async () => {
				const { id } = await live(place.db, kha);
				const alert = (await alertById(place.db, kha, id))!;
				await place.db.execute(sql`set local role none`);
				await place.db.execute(sql`alter table wards rename to wards_away`);
				await place.db.execute(sql.raw(`set local role ${appRole}`));
				const page = await publicAlert(place.db, kha, alert.number);
				expect(page).toMatchObject({ map: null, proof: expect.stringMatching(/^\w{4}$/) });
				const { seal } = await sealedVersion(place.db, kha, alert.number);
				const { resource } = readCap(seal.cap).info[0];
				expect(resource.map(({ mimeType }) => mimeType)).toEqual(['application/pdf']);
			});

			test('the poster is drawn once, and only in languages that were approved', async () => {
				const { id } = await live(place.db, kha);
				const alert = (await alertById(place.db, kha, id))!;
				const seal = await sealAlert(place.db, alert, monday);
				const poster = (language: string, exactly: boolean) =>
					posterFor(place.db, { alert, seal }, language, exactly);
				const one = await poster('zu', false);
				expect(one).toMatchObject({ language: 'en', mediaType: 'application/pdf' });
				expect((await poster('en', true)).digest).toBe(one.digest);
				await expect(poster('zu', true)).rejects.toMatchObject({ status: 404 });
				await expect(resourceOf(place.db, alert, '../keys')).rejects.toMatchObject({ status: 404 });
				// Signed before posters were kept: drawn when it is asked for, and kept then.
				await place.db.execute(sql`set local role none`);
				await place.db.execute(sql`alter table alert_resources disable trigger user`);
				await place.db.execute(sql`delete from alert_resources`);
				await place.db.execute(sql.raw(`set local role ${appRole}`));
				const again = await poster('en', true);
				expect((await resourceOf(place.db, alert, 'poster-en.pdf')).digest).toBe(again.digest);
			});
		});

		describe('recordings', () => {
			const sound = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0'), Buffer.alloc(400, 7)]);
			const add = (by: Actor, alertId: string, more = {}) =>
				addClip(
					place.db,
					by,
					{
						...{ id: newId(), municipalityId: kha, of: { alertId } },
						...{ language: 'en', bytes: sound },
						...more
					},
					monday
				);

			test('Sipho brings one in, Nomsa listens: then people hear it, and not before', async () => {
				const { id } = await live(place.db, kha);
				const { number } = (await alertById(place.db, kha, id))!;
				const clip = newId();
				await add(sipho, id, { id: clip });
				await add(sipho, id, { id: clip });
				expect((await publicAlert(place.db, kha, number)).clips).toEqual([]);
				await expect(clipBytes(place.db, null, kha, clip)).rejects.toMatchObject({ status: 404 });
				expect((await clipBytes(place.db, nomsa, kha, clip)).bytes).toEqual(sound);

				const which = { municipalityId: kha, id: clip };
				await expect(approveClip(place.db, sipho, which, after(1))).rejects.toMatchObject({
					status: 409
				});
				await approveClip(place.db, nomsa, which, after(1));
				expect((await publicAlert(place.db, kha, number)).clips).toMatchObject([
					{ language: 'en', path: `/api/alerts/clips/${clip}`, mediaType: 'audio/mpeg' }
				]);
				expect((await clipBytes(place.db, null, kha, clip)).bytes).toEqual(sound);
				const tho = (await khanyisa(place.db, 'THO')).id;
				await expect(clipBytes(place.db, null, tho, clip)).rejects.toMatchObject({ status: 404 });

				await removeClip(place.db, lerato, which, after(2));
				expect((await publicAlert(place.db, kha, number)).clips).toEqual([]);
				await expect(clipBytes(place.db, null, kha, clip)).rejects.toMatchObject({ status: 404 });
			});

			test('one of a template is heard with every warning of exactly that text', async () => {
				const id = newId();
				const chris = await personOf(place.db, 'admin', monday);
				const of = { template: 'wildfire_leave_now' };
				const facts = { id, municipalityId: kha, of, language: 'en', bytes: sound };
				await addClip(place.db, chris, facts, monday);
				await approveClip(place.db, nomsa, { municipalityId: kha, id }, monday);
				const row = await live(place.db, kha);
				const alert = (await alertById(place.db, kha, row.id))!;
				const page = await publicAlert(place.db, kha, alert.number);
				expect(page.clips.map(({ language }) => language)).toEqual(['en']);
				const { resource } = readCap((await sealedVersion(place.db, kha, alert.number)).seal.cap)
					.info[0];
				expect(resource).toContainEqual(
					expect.objectContaining({ mimeType: 'audio/mpeg', size: String(sound.length) })
				);
				const zulu = { ...facts, id: newId(), language: 'zu' };
				await expect(addClip(place.db, chris, zulu, monday)).rejects.toMatchObject({ status: 409 });
			});

			test.each<[string, Buffer, RegExp]>([
				['nothing', Buffer.alloc(0), /Choose a recording/],
				['a page', Buffer.from('<script>alert(1)</script>'), /no recording/],
				['too much', Buffer.concat([sound, Buffer.alloc(2_000_000)]), /2 MB/]
			])('%s is refused with the reason', async (_, bytes, why) => {
				const { id } = await live(place.db, kha);
				await expect(add(sipho, id, { bytes })).rejects.toThrow(why);
				const thandi = await personOf(place.db, 'resident', monday);
				await expect(add(thandi, id)).rejects.toMatchObject({ status: 404 });
			});
		});

		describe('an update at once', () => {
			async function update(of: AlertRow, m: number, more: Partial<NewDraft> = {}) {
				const draftId = newId(after(m));
				const draft = await startUpdate(place.db, sipho, { ...at(of), draftId }, after(m));
				const same = { areaWish: draft.areaWish, nextUpdateAt: after(100) };
				const said = { ...wildfire(kha), ...at(draft), ...same, ...more };
				await changeAlert(place.db, sipho, said, after(m));
				return await submitAlert(place.db, sipho, at(draft), after(m));
			}

			test('the same action for the same area: Sipho lets out his own, and it is no approval', async () => {
				const first = await live(place.db, kha);
				const second = await update(first, 3);
				expect((await whatMayBeDone(place.db, sipho, second, after(3))).fastTrack).toEqual({
					why: null
				});
				const out = await fastTrack(place.db, sipho, at(second), after(3));
				expect(out).toMatchObject({ state: 'releasing', approvedBy: null, fastTrackBy: sipho.id });
				await place.db.transaction((tx) => wentLive(tx, second.id, after(4)));
				const { deeds } = await recordOf(place.db, kha, out.content!.number);
				expect(deeds.map(({ who, deed }) => [who, deed])).toContainEqual([
					'Sipho Dlamini',
					'alert.fast_tracked'
				]);
				// What it goes back to was approved, so the next one may follow it.
				const third = await update(second, 6);
				expect(await fastTrack(place.db, nomsa, at(third), after(6))).toMatchObject({
					state: 'releasing'
				});
			});

			test.each<[string, Partial<NewDraft>, RegExp]>([
				[
					'a wider area',
					{ areaWish: { ...noArea, around: 'Aloe Ridge', metres: 600 } },
					/not warned/
				],
				['another template', { template: 'wildfire_prepare' }, /something else/],
				[
					'another way',
					{ values: { ...wildfire('').values, route: 'Mill Road' } },
					/something else/
				]
			])('%s waits for a second person', async (_, more, why) => {
				const first = await live(place.db, kha);
				const second = await update(first, 3, more);
				await expect(fastTrack(place.db, sipho, at(second), after(3))).rejects.toThrow(why);
				expect(await approveAlert(place.db, nomsa, at(second), after(4))).toMatchObject({
					state: 'releasing'
				});
			});

			test('a first warning, what one person released alone, and what is over never go that way', async () => {
				const first = await submitted(place.db, kha);
				await expect(fastTrack(place.db, nomsa, at(first), after(1))).rejects.toThrow(
					/Only an update/
				);
				await breakGlass(place.db, johan, at(first), after(5));
				const row = await place.db.transaction((tx) => wentLive(tx, first.id, after(5)));
				const second = await update(row, 6);
				await expect(fastTrack(place.db, nomsa, at(second), after(6))).rejects.toThrow(
					/one person alone/
				);
				await retractAlert(place.db, sipho, at(first), after(7));
				await expect(fastTrack(place.db, nomsa, at(second), after(8))).rejects.toThrow(/no longer/);
			});

			test('Lerato of communications writes, and neither approves, lets out, takes back nor breaks the glass', async () => {
				const first = await live(place.db, kha);
				const second = await update(first, 3);
				const pending = await submitted(place.db, kha, after(4));
				for (const [deed, row] of [
					[fastTrack, second],
					[approveAlert, second],
					[breakGlass, pending],
					[retractAlert, first]
				] as const)
					await expect(deed(place.db, lerato, at(row), after(9)), deed.name).rejects.toMatchObject({
						status: 404
					});
				const may = await whatMayBeDone(place.db, lerato, second, after(9));
				expect(may).toMatchObject({
					approve: null,
					fastTrack: null,
					retract: null,
					breakGlass: null
				});
			});
		});

		describe('an exercise', () => {
			test('signs with keys of its own, and what they sign is never taken for real', async () => {
				const khx = (await khanyisa(place.db, 'KHX')).id;
				const key = await signingKey(place.db, khx, 'capsule', monday);
				const [own] = await capsuleKeys(place.db, [khx]);
				expect(own).toMatchObject({ kid: key.id, exercise: true });
				const row = await live(place.db, kha);
				const alert = (await alertById(place.db, kha, row.id))!;
				const facts = {
					...{ v: 1, key: key.id, of: 'KHX', incident: alert.incidentId, number: alert.number },
					...{ version: 1, kind: 'alert', level: alert.level, wards: [], content: '', area: '' },
					issued: monday.getTime() / 1000,
					expires: after(60).getTime() / 1000,
					said: { en: { source: 'Khanyisa', headline: 'FIRE', instruction: 'LEAVE NOW.' } }
				};
				const check = async (status: string) => {
					const found = await checkText(place.db, kha, signed({ ...facts, status }, key), after(1));
					return found.kind === 'capsule' ? found.verdict : found;
				};
				expect(await check('actual')).toEqual({ kind: 'not_genuine', because: 'exercise_key' });
				expect(await check('exercise')).toMatchObject({ capsule: { status: 'exercise' } });
			});

			test('with a hostname of its own it is opened there alone, and nothing else is', async () => {
				const hosts = ['exercise.khanyisa.example'];
				await place.db.update(municipalities).set({ hosts }).where(eq(municipalities.code, 'KHX'));
				const opened = async (address: string, cookie = '') => {
					const cookies = { get: () => cookie, set() {} };
					const event = { url: new URL(address), cookies, locals: { db: place.db } };
					return (await findMunicipality(event as unknown as RequestEvent)).code;
				};
				expect(await opened('https://exercise.khanyisa.example/office/alerts')).toBe('KHX');
				expect(await opened('https://exercise.khanyisa.example/office/alerts?m=KHA')).toBe('KHX');
				expect(await opened('https://exercise.khanyisa.example/', 'KHA')).toBe('KHX');
				expect(await opened('https://khanyisa.example/?m=KHX')).toBe('KHA');
				expect(await opened('https://khanyisa.example/', 'KHX')).toBe('KHA');
				expect(await opened('https://khanyisa.example/?m=THO')).toBe('THO');
			});

			test('promoted, it gets new keys: those it practised with sign nothing more', async () => {
				const khx = (await khanyisa(place.db, 'KHX')).id;
				const old = await signingKey(place.db, khx, 'cap', monday);
				await place.db.update(municipalities).set({ kind: 'B' }).where(eq(municipalities.id, khx));
				const young = await signingKey(place.db, khx, 'cap', after(1));
				expect(young.id).not.toBe(old.id);
				const keys = (await keysOf(place.db, [khx], 'cap')).map(({ key }) => key);
				expect(keys.map(({ exercise, retiredAt }) => [exercise, retiredAt !== null])).toEqual([
					[true, true],
					[false, false]
				]);
			});
		});

		describe('a warning of others', () => {
			const ring = '-33.23,28.52 -33.23,28.53 -33.24,28.53 -33.23,28.52';
			const dam = (more: Partial<CapAlert> = {}, info = {}): CapAlert => ({
				...{ identifier: 'dam-7', sender: 'dam@water.example', sent: '2026-11-23T13:00:00+02:00' },
				...{ status: 'Actual', msgType: 'Alert', scope: 'Public', code: [] },
				info: [
					{
						...{ language: 'en-ZA', category: ['Met'], event: 'Flash flood', responseType: [] },
						...{ urgency: 'Immediate', severity: 'Extreme', certainty: 'Observed' },
						...{ headline: 'The dam spills', description: 'Water rises.', instruction: 'Move up.' },
						...{ eventCode: [], parameter: [], resource: [] },
						expires: '2026-11-23T20:00:00+02:00',
						area: [{ areaDesc: 'Lower Thembeni', polygon: [ring], circle: [], geocode: [] }],
						...info
					}
				],
				...more
			});
			const bring = (xml: string, now = monday) =>
				importCap(place.db, sipho, { municipalityId: kha, xml }, now);
			const count = () => place.db.$count(alerts);

			test('Sipho pastes what the dam sent: he sees who signed it, begins a draft, and nothing goes out', async () => {
				const before = await count();
				const read = await bring(writeCap(dam()));
				expect(read).toMatchObject({ signer: 'unsigned', state: 'read', msgType: 'Alert' });
				expect((await bring(writeCap(dam()))).id).toBe(read.id);
				expect(await count()).toBe(before);
				const facts = { municipalityId: kha, id: read.id, template: 'flood' };
				const draft = await draftFromImport(place.db, sipho, facts, after(1));
				expect(await draftFromImport(place.db, sipho, facts, after(1))).toBe(draft);
				const [row] = await place.db.select().from(alerts).where(eq(alerts.id, draft));
				expect(row).toMatchObject({ state: 'draft', composedBy: sipho.id, submittedBy: null });
				expect(row.slots.place).toBe('Lower Thembeni');
				expect(JSON.parse(row.areaWish.corners).coordinates).toHaveLength(1);
				expect(row.expiresAt).toEqual(new Date('2026-11-23T18:00:00Z'));

				await bring(
					writeCap(
						dam({
							...{ identifier: 'dam-8', msgType: 'Cancel', sent: '2026-11-23T13:30:00+02:00' },
							references: 'dam@water.example,dam-7,2026-11-23T13:00:00+02:00'
						})
					)
				);
				const list = await capImportsForOffice(place.db, nomsa, kha);
				expect(list.find(({ id }) => id === read.id)).toMatchObject({
					state: 'withdrawn',
					draftId: draft
				});
			});

			test('taken back before it came: it is no use any more', async () => {
				const references = 'dam@water.example,dam-7,2026-11-23T13:00:00+02:00';
				await bring(writeCap(dam({ identifier: 'dam-8', msgType: 'Cancel', references })));
				const late = await bring(writeCap(dam()));
				expect(late.state).toBe('withdrawn');
				const facts = { municipalityId: kha, id: late.id, template: 'flood' };
				await expect(draftFromImport(place.db, sipho, facts, monday)).rejects.toMatchObject({
					status: 409
				});
			});

			test('signed by the neighbour it says so; by anybody else, or for practice, it is unknown', async () => {
				const tho = (await khanyisa(place.db, 'THO')).id;
				const khx = (await khanyisa(place.db, 'KHX')).id;
				const by = async (id: string, identifier: string) =>
					(
						await bring(
							signCap(writeCap(dam({ identifier })), await signingKey(place.db, id, 'cap', monday))
						)
					).signer;
				expect(await by(tho, 'a')).toBe((await khanyisa(place.db, 'THO')).name);
				expect(await by(khx, 'b')).toBe('unknown');
				const key = await signingKey(place.db, tho, 'cap', monday);
				const changed = signCap(writeCap(dam()), key).replace('Move up', 'Stay');
				await expect(bring(changed)).rejects.toThrow(/changed since/);
			});

			test.each<[string, string, RegExp]>([
				['nothing', '  ', /Choose a file/],
				['no XML', 'The dam breaks!', /not well-formed|empty/],
				[
					'an entity',
					'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
					/document type/
				],
				['a day that is none', writeCap(dam({ sent: '2026-13-45T13:00:00+02:00' })), /sent/],
				['a test', writeCap(dam({ status: 'Test' })), /a test/],
				['an exercise', writeCap(dam({ status: 'Exercise' })), /exercise/],
				['a receipt', writeCap(dam({ msgType: 'Ack' })), /received/],
				['what is over', writeCap(dam({}, { expires: '2026-11-23T13:30:00+02:00' })), /over/]
			])('%s is refused with the reason', async (_, xml, why) => {
				await expect(bring(xml)).rejects.toMatchObject({
					status: 400,
					field: 'cap',
					message: expect.stringMatching(why)
				});
			});

			const folder = sharedData('cap');
			const files = folder
				? ['real', 'saws', 'invalid'].flatMap((each) =>
						readdirSync(join(folder, each)).map((name) => join(folder, each, name))
					)
				: [];
			test.each(files.map((path) => [path.split('/').pop()!, path]))(
				'%s is read or refused with a reason, and warns nobody',
				async (_, path) => {
					const xml = readFileSync(path, 'utf8');
					const sent = /<(?:\w+:)?sent>([^<]+)</.exec(xml)?.[1] ?? '2026-01-01T00:00:00Z';
					const before = await count();
					try {
						const read = await bring(xml, later(new Date(sent), minutes(1)));
						expect(read.signer === 'unsigned' || read.signer === 'unknown').toBe(true);
					} catch (reason) {
						expect(reason).toMatchObject({ status: 400, field: 'cap' });
					}
					expect(await count()).toBe(before);
				}
			);

			test('a resident, a councillor and the neighbour bring in nothing here', async () => {
				for (const who of ['resident', 'councillor']) {
					const actor = await personOf(place.db, who, monday);
					const facts = { municipalityId: kha, xml: writeCap(dam()) };
					await expect(importCap(place.db, actor, facts, monday)).rejects.toMatchObject({
						status: 404
					});
				}
			});
		});
	},
	async (db) => {
		await settleKhanyisa(db, monday);
		await settleExercise(db, monday);
	}
);
