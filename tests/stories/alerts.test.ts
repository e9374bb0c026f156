import { and, eq, sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { noArea } from '#lib/alerts/area.ts';
import {
	alertById,
	alertForOffice,
	approveAlert,
	breakGlass,
	changeAlert,
	checkZone,
	draftAlert,
	latestOf,
	liveAlerts,
	previewOf,
	recentAlerts,
	rejectAlert,
	retractAlert,
	retryAlert,
	returnAlert,
	reviewTemplate,
	startAllClear,
	startUpdate,
	submitAlert,
	takeBack,
	templateStates,
	turnClock,
	wasHeld,
	wentLive,
	writeTemplate,
	zonesOf,
	type AlertRow
} from '#lib/alerts/server/index.ts';
import { alertEvents, alertRoster, alerts, shelters } from '#lib/alerts/server/schema.ts';
import { verifyAudit } from '#lib/audit/server/index.ts';
import { messages } from '#lib/delivery/server/schema.ts';
import { attachContact, keepContact, readContact } from '#lib/identity/server/index.ts';
import { municipalities, people } from '#lib/identity/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { newId } from '#lib/platform/ids.ts';
import { faultOf } from '#lib/platform/server/db.ts';
import { hours, later, minutes } from '#lib/platform/time.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';
import { live, monday, submitted, wildfire } from '../support/warnings.ts';

inBothDatabases(
	(place) => {
		let kha: string;
		let sipho: Actor;
		let nomsa: Actor;
		let johan: Actor;

		beforeEach(async () => {
			kha = (await khanyisa(place.db)).id;
			sipho = await personOf(place.db, 'disaster-officer', monday);
			nomsa = await personOf(place.db, 'disaster-approver', monday);
			johan = await personOf(place.db, 'incident-commander', monday);
		});

		const at = ({ id }: Pick<AlertRow, 'id'>) => ({ municipalityId: kha, id });
		const after = (m: number) => later(monday, minutes(m));
		const told = async () =>
			(await place.db.select().from(messages))
				.filter(({ subjectId, channel }) => subjectId.startsWith('alert/') && channel === 'inbox')
				.map(({ personId }) => personId);
		const history = async (row: Pick<AlertRow, 'id'>) =>
			(
				await place.db
					.select()
					.from(alertEvents)
					.where(eq(alertEvents.alertId, row.id))
					.orderBy(alertEvents.seq)
			).map(({ what, byName }) => [what, byName]);
		const say = (row: AlertRow) =>
			place.db.transaction((tx) => wentLive(tx, row.id, later(row.issuedAt!, 1000)));

		test('Sipho writes, Nomsa approves: what is sent is what was submitted, and everybody can see who did what', async () => {
			const pending = await submitted(place.db, kha);
			expect(pending).toMatchObject({ state: 'pending', version: 1, capStatus: 'actual' });
			expect(await told()).toEqual([nomsa.id]);
			expect(await liveAlerts(place.db, kha, monday)).toEqual([]);
			expect(await recentAlerts(place.db, kha)).toEqual([]);

			const releasing = await approveAlert(place.db, nomsa, at(pending), after(1));
			expect(releasing).toMatchObject({
				state: 'releasing',
				approvedBy: nomsa.id,
				contentHash: pending.contentHash
			});
			expect(await say(releasing)).toMatchObject({ state: 'live' });

			const [out] = await liveAlerts(place.db, kha, after(2));
			expect(out).toMatchObject({
				contentHash: pending.contentHash,
				level: 'emergency_warning',
				status: 'actual',
				issuedAt: after(1),
				wards: [{ code: '99901007', name: 'Ward 7' }],
				legalBasis: { kind: 'advice' }
			});
			expect(out.places).toContain('Aloe Ridge');
			expect(out.texts.map(({ language, reviewedBy }) => [language, reviewedBy])).toEqual([
				['en', 'Miriam Jacobs, language practice']
			]);
			const [en] = out.texts;
			expect(en.headline).toBe(
				'LEAVE NOW: WILDFIRE moving fast towards Aloe Ridge, north of Ridge Street'
			);
			expect(en.instruction).toMatch(/^LEAVE NOW\. Go by Coast Road to Sizwe Hall\./);
			expect(en.description).toContain('Be gone before Mon 23 Nov, 14:45.');
			expect(en.description).toContain(
				'Next news: Mon 23 Nov, 15:00. Valid until Mon 23 Nov, 22:00.'
			);
			expect(en.sms).toMatch(new RegExp(`/alerts/${out.number}$`));
			expect(await latestOf(place.db, kha, out.number)).toEqual(out);
			expect(await history(pending)).toEqual([
				['composed', 'Sipho Dlamini'],
				['submitted', 'Sipho Dlamini'],
				['approved', 'Nomsa Khumalo'],
				['went_live', '']
			]);
			expect((await verifyAudit(place.db)).filter(({ broken }) => broken)).toEqual([]);
		});

		test('nobody approves what they submitted, nor what they changed a word in, nor under a second account', async () => {
			const pending = await submitted(place.db, kha);
			await expect(approveAlert(place.db, sipho, at(pending), after(1))).rejects.toMatchObject({
				status: 409
			});

			const other = newId();
			await place.db.insert(people).values({ id: other, name: 'S. Dlamini' });
			const contact = await keepContact(place.db, readContact('sipho@khanyisa.example')!, monday);
			await attachContact(
				place.db,
				{ personId: other, contactPointId: contact.id, purpose: 'sign_in', verified: true },
				monday
			);
			const second = { ...nomsa, id: other };
			await expect(approveAlert(place.db, second, at(pending), after(1))).rejects.toThrow(
				/same number or address/
			);

			await takeBack(place.db, nomsa, at(pending), after(1));
			await changeAlert(
				place.db,
				nomsa,
				{ ...wildfire(kha), ...at(pending), why: 'The hall is full' },
				after(1)
			);
			await submitAlert(place.db, sipho, at(pending), after(2));
			await expect(approveAlert(place.db, nomsa, at(pending), after(3))).rejects.toThrow(
				/You wrote some of it/
			);
			expect((await approveAlert(place.db, johan, at(pending), after(3))).approvedBy).toBe(
				johan.id
			);
			// Whatever the code says: the database refuses it as well.
			const sneak = place.db.transaction((tx) =>
				tx.update(alerts).set({ approvedBy: sipho.id }).where(eq(alerts.id, pending.id))
			);
			await expect(sneak.catch((reason) => Promise.reject(faultOf(reason).code))).rejects.toBe(
				'P0001'
			);
		});

		test('whoever does not hold the permission finds nothing: a councillor, a resident, the neighbour', async () => {
			const pending = await submitted(place.db, kha);
			for (const handle of [
				'councillor',
				'resident',
				'neighbour-admin',
				'translator',
				'municipal-manager'
			]) {
				const somebody = await personOf(place.db, handle, monday);
				for (const deed of [
					approveAlert,
					breakGlass,
					submitAlert,
					takeBack,
					retractAlert,
					retryAlert
				])
					await expect(deed(place.db, somebody, at(pending), after(5))).rejects.toMatchObject({
						status: 404
					});
				await expect(draftAlert(place.db, somebody, wildfire(kha), monday)).rejects.toMatchObject({
					status: 404
				});
			}
			const lerato = await personOf(place.db, 'communications', monday);
			await expect(approveAlert(place.db, lerato, at(pending), after(1))).rejects.toMatchObject({
				status: 404
			});
			const tho = (await khanyisa(place.db, 'THO')).id;
			await expect(
				approveAlert(place.db, nomsa, { municipalityId: tho, id: pending.id }, after(1))
			).rejects.toMatchObject({ status: 404 });
			expect(await alertById(place.db, tho, pending.id)).toBeUndefined();
		});

		test('Nomsa gives it back: she cannot change it, Sipho can, and all of what was said is kept', async () => {
			const pending = await submitted(place.db, kha);
			await expect(
				returnAlert(place.db, nomsa, { ...at(pending), why: 'no' }, after(1))
			).rejects.toMatchObject({ status: 400, field: 'why' });
			const draft = await returnAlert(
				place.db,
				nomsa,
				{ ...at(pending), why: 'Sizwe Hall is full, send them to the Civic Centre' },
				after(1)
			);
			expect(draft).toMatchObject({
				state: 'draft',
				contentHash: null,
				submittedBy: null,
				returnedWhy: expect.stringContaining('Civic Centre')
			});
			await expect(
				changeAlert(place.db, nomsa, { ...wildfire(kha), ...at(draft) }, after(2))
			).rejects.toThrow(/You gave it back/);
			await expect(submitAlert(place.db, nomsa, at(draft), after(2))).rejects.toThrow(
				/You gave it back/
			);

			const facts = wildfire(kha);
			await changeAlert(
				place.db,
				sipho,
				{ ...facts, values: { ...facts.values, towards: 'Civic Centre' }, ...at(draft) },
				after(2)
			);
			const again = await submitAlert(place.db, sipho, at(draft), after(3));
			expect(again.content!.texts[0].instruction).toContain('to Civic Centre');
			expect(again.contentHash).not.toBe(pending.contentHash);
			expect(await approveAlert(place.db, nomsa, at(draft), after(4))).toMatchObject({
				state: 'releasing'
			});
			const events = await place.db
				.select()
				.from(alertEvents)
				.where(eq(alertEvents.alertId, draft.id));
			expect(events.find(({ what }) => what === 'returned')?.before).toMatchObject({
				texts: [{ instruction: expect.stringContaining('Sizwe Hall') }]
			});
			expect(events.find(({ what }) => what === 'changed')?.before).toMatchObject({
				slots: { towards: 'Sizwe Hall' }
			});
		});

		test('refused is refused for good', async () => {
			const pending = await submitted(place.db, kha);
			await rejectAlert(place.db, nomsa, { ...at(pending), why: 'It is a braai' }, after(1));
			await expect(approveAlert(place.db, johan, at(pending), after(2))).rejects.toMatchObject({
				status: 409
			});
			const undo = place.db.transaction((tx) =>
				tx.update(alerts).set({ state: 'pending' }).where(eq(alerts.id, pending.id))
			);
			await expect(undo.catch((reason) => Promise.reject(faultOf(reason).code))).rejects.toBe(
				'P0001'
			);
		});

		test('nobody answers: at two minutes the next is called, at four Johan may break the glass, and that is no approval', async () => {
			await place.db
				.insert(alertRoster)
				.values([
					{ municipalityId: kha, personId: nomsa.id, place: 1, setBy: nomsa.id, setAt: monday }
				]);
			const pending = await submitted(place.db, kha);
			await turnClock(place.db, after(1.9));
			expect(await told()).toEqual([nomsa.id]);
			await turnClock(place.db, after(2));
			await turnClock(place.db, after(2.5));
			expect(await told()).toEqual([nomsa.id, johan.id]);
			await expect(breakGlass(place.db, johan, at(pending), after(3.9))).rejects.toThrow(
				/Four minutes/
			);
			await expect(breakGlass(place.db, nomsa, at(pending), after(5))).rejects.toMatchObject({
				status: 404
			});
			await turnClock(place.db, after(4.1));
			await turnClock(place.db, after(4.6));
			expect((await told()).filter((id) => id === johan.id)).toHaveLength(2);

			const out = await breakGlass(place.db, johan, at(pending), after(5));
			expect(out).toMatchObject({ state: 'releasing', approvedBy: null, breakGlassBy: johan.id });
			expect(await history(pending)).toEqual([
				['composed', 'Sipho Dlamini'],
				['submitted', 'Sipho Dlamini'],
				['escalated', ''],
				['glass_offered', ''],
				['glass_broken', 'Johan Maseko']
			]);
			expect(new Set(await told())).toEqual(new Set([nomsa.id, johan.id, sipho.id]));
		});

		test('what is only expected waits for a second person, however long', async () => {
			const pending = await submitted(place.db, kha, monday, { template: 'wildfire_prepare' });
			await expect(breakGlass(place.db, johan, at(pending), after(30))).rejects.toThrow(
				/happening now/
			);
		});

		test('a template approved anew under a pending warning changes nothing in it, and is caught', async () => {
			const pending = await submitted(place.db, kha);
			const lerato = await personOf(place.db, 'communications', monday);
			const nokuthula = await personOf(place.db, 'translator', monday);
			const states = await templateStates(place.db, lerato, kha);
			const { newest } = states.find(
				({ template, language }) => template === 'wildfire_leave_now' && language === 'zu'
			)!;
			// A new text alone changes nothing: it waits for its translator.
			await writeTemplate(
				place.db,
				lerato,
				{
					municipalityId: kha,
					template: 'wildfire_leave_now',
					language: 'en',
					words: { ...newest.words, hazard: 'FIRE' }
				},
				after(1)
			);
			expect((await previewOf(place.db, pending, after(1))).texts[0].headline).toContain(
				'WILDFIRE'
			);
			await expect(
				reviewTemplate(
					place.db,
					nokuthula,
					{
						municipalityId: kha,
						template: 'wildfire_leave_now',
						language: 'en',
						hash: newest.hash,
						approved: true
					},
					after(1)
				)
			).rejects.toMatchObject({ status: 404 });

			// Whoever takes the approval back stops what was made of it.
			await place.db.execute(
				sql`insert into alert_translators values (${kha}, ${nokuthula.id}, 'en', null, now())`
			);
			const hash = pending.content!.templates['wildfire_leave_now/en'];
			await reviewTemplate(
				place.db,
				nokuthula,
				{
					municipalityId: kha,
					template: 'wildfire_leave_now',
					language: 'en',
					hash,
					approved: false
				},
				after(1)
			);
			await expect(approveAlert(place.db, nomsa, at(pending), after(2))).rejects.toThrow(
				/template changed/
			);
			const [row] = await place.db.select().from(alerts).where(eq(alerts.id, pending.id));
			expect(row).toMatchObject({ state: 'pending', contentHash: pending.contentHash });
		});

		test('Nokuthula approves the isiZulu: from then on it goes out, with her name; a word changed and it does not', async () => {
			const nokuthula = await personOf(place.db, 'translator', monday);
			const states = await templateStates(place.db, nokuthula, kha);
			for (const template of ['wildfire_leave_now', 'correction']) {
				const { newest, inForce } = states.find(
					(each) => each.template === template && each.language === 'zu'
				)!;
				expect(inForce).toBe(null);
				await reviewTemplate(
					place.db,
					nokuthula,
					{ municipalityId: kha, template, language: 'zu', hash: newest.hash, approved: true },
					monday
				);
			}
			const pending = await submitted(place.db, kha);
			expect(
				pending.content!.texts.map(({ language, reviewedBy }) => [language, reviewedBy])
			).toEqual([
				['en', 'Miriam Jacobs, language practice'],
				['zu', 'Nokuthula Dube']
			]);
			expect(pending.content!.texts[1].headline).toContain('PHUMANI MANJE');
			expect(pending.content!.correction[1].language).toBe('zu');
		});

		test('what is frozen is frozen: the row cannot be changed under the approver, and a changed hop is caught', async () => {
			const pending = await submitted(place.db, kha);
			const widened = {
				...pending.content!,
				area: {
					type: 'MultiPolygon' as const,
					coordinates: [
						[
							[
								[28, -33],
								[29, -33],
								[29, -32],
								[28, -33]
							]
						]
					]
				}
			};
			const tamper = place.db.transaction((tx) =>
				tx.update(alerts).set({ content: widened }).where(eq(alerts.id, pending.id))
			);
			await expect(tamper.catch((reason) => Promise.reject(faultOf(reason).code))).rejects.toBe(
				'P0001'
			);
			// A row whose polygon was lost on the way into the database.
			const stripped = {
				...pending,
				id: newId(),
				version: 2,
				content: { ...pending.content!, area: { type: 'MultiPolygon' as const, coordinates: [] } }
			};
			await place.db.insert(alerts).values({ ...stripped, geom: sql`null` });
			await expect(approveAlert(place.db, nomsa, at(stripped), after(1))).rejects.toThrow(
				/not those that were sent/
			);
		});

		test('held: nothing was sent and Sipho is called; tried again it goes out, late it does not', async () => {
			const pending = await submitted(place.db, kha);
			await approveAlert(place.db, nomsa, at(pending), after(1));
			const held = await place.db.transaction((tx) =>
				wasHeld(tx, pending.id, 'A phone outside had it.', after(1))
			);
			expect(held).toMatchObject({ state: 'held', heldWhy: 'A phone outside had it.' });
			expect(await told()).toContain(sipho.id);
			expect(await liveAlerts(place.db, kha, after(1))).toEqual([]);
			const again = await retryAlert(place.db, nomsa, at(pending), after(2));
			expect(await say(again)).toMatchObject({ state: 'live' });

			const other = await submitted(place.db, kha);
			await approveAlert(place.db, nomsa, at(other), after(1));
			expect(
				await place.db.transaction((tx) => wentLive(tx, other.id, later(monday, hours(9))))
			).toMatchObject({ state: 'held' });
			await expect(retryAlert(place.db, nomsa, at(other), later(monday, hours(9)))).rejects.toThrow(
				/time until which/
			);
		});

		test('one tap takes it back: the words approved with it go out, and tapping twice does it once', async () => {
			const out = await live(place.db, kha);
			const cancel = await retractAlert(place.db, johan, at(out), after(5));
			expect(cancel).toMatchObject({
				kind: 'cancel',
				state: 'releasing',
				version: 2,
				retractedBy: johan.id,
				approvedBy: nomsa.id
			});
			expect(cancel.content!.texts).toEqual(out.content!.correction);
			expect(cancel.content!.texts[0].headline).toBe(
				'FALSE ALERT: the warning about WILDFIRE in Aloe Ridge, north of Ridge Street was wrong'
			);
			expect(cancel.references).toEqual([
				expect.objectContaining({ identifier: expect.stringContaining(out.id) })
			]);
			expect(cancel.expiresAt! >= out.expiresAt!).toBe(true);
			await retractAlert(place.db, johan, at(out), after(5));
			expect(await place.db.$count(alerts, eq(alerts.incidentId, out.incidentId))).toBe(2);
			expect(await say(cancel)).toMatchObject({ state: 'live' });
			expect((await recentAlerts(place.db, kha)).map(({ kind, state }) => [kind, state])).toEqual([
				['cancel', 'live'],
				['alert', 'retracted']
			]);
		});

		test('taken back while it is being tested: it never goes out', async () => {
			const pending = await submitted(place.db, kha);
			const releasing = await approveAlert(place.db, nomsa, at(pending), after(1));
			await retractAlert(place.db, sipho, at(releasing), after(1));
			expect(await say(releasing)).toMatchObject({
				state: 'held',
				heldWhy: expect.stringContaining('stopped')
			});
			expect(await recentAlerts(place.db, kha)).toEqual([]);
		});

		test('an update replaces what is live in the same moment; one that comes after a retraction never goes out', async () => {
			const first = await live(place.db, kha);
			const update = async (draftId: string) => {
				const draft = await startUpdate(place.db, sipho, { ...at(first), draftId }, after(10));
				await changeAlert(
					place.db,
					sipho,
					{ ...wildfire(kha), ...at(draft), areaWish: draft.areaWish, nextUpdateAt: after(100) },
					after(10)
				);
				await submitAlert(place.db, sipho, at(draft), after(11));
				return await approveAlert(place.db, nomsa, at(draft), after(12));
			};
			const second = await update(newId());
			expect(second).toMatchObject({ kind: 'update', version: 2, areaHash: first.areaHash });
			expect(second.references).toHaveLength(1);
			expect((await liveAlerts(place.db, kha, after(12))).map(({ version }) => version)).toEqual([
				1
			]);
			await say(second);
			expect((await liveAlerts(place.db, kha, after(13))).map(({ version }) => version)).toEqual([
				2
			]);
			expect((await latestOf(place.db, kha, second.content!.number))?.version).toBe(2);
			await expect(
				startUpdate(place.db, sipho, { ...at(first), draftId: newId() }, after(14))
			).rejects.toMatchObject({ status: 409 });
		});

		test('a machine whose clock is three minutes behind: its correction is never older than what it corrects', async () => {
			const first = await live(place.db, kha);
			const cancel = await retractAlert(place.db, johan, at(first), after(-3));
			expect(cancel.issuedAt).toEqual(first.issuedAt);
			expect(await place.db.transaction((tx) => wentLive(tx, cancel.id, after(-3)))).toMatchObject({
				state: 'live'
			});
		});

		test('all clear, zone by zone: each is looked at, approved, and the warning stays until the last', async () => {
			// The square reaches over the road into ward 8.
			const square = [
				[41, 35],
				[46, 35],
				[46, 38],
				[41, 38]
			]
				.map(([x, y]) => `${(-33.32 + y * 0.0025).toFixed(4)}, ${(28.4 + x * 0.003).toFixed(4)}`)
				.join('\n');
			const first = await live(place.db, kha, monday, {
				areaWish: { ...noArea, corners: square },
				values: { ...wildfire(kha).values, towards: 'Civic Centre' }
			});
			const zones = await zonesOf(place.db, kha, first.incidentId);
			expect(zones.map(({ name }) => name)).toEqual(['Ward 7', 'Ward 8']);
			const clear = async (zone: (typeof zones)[number]) => {
				const wish = { ...at(first), draftId: newId(), zoneIds: [zone.id] };
				await expect(startAllClear(place.db, sipho, wish, after(60))).rejects.toThrow(
					/look at everything/
				);
				await checkZone(
					place.db,
					sipho,
					{
						municipalityId: kha,
						incidentId: first.incidentId,
						zoneId: zone.id,
						checks: { fire_out: true, road: true, power_lines: true, water: true, gas: true }
					},
					after(60)
				);
				const draft = await startAllClear(place.db, sipho, wish, after(60));
				await submitAlert(place.db, sipho, at(draft), after(61));
				return await say(await approveAlert(place.db, nomsa, at(draft), after(62)));
			};
			const one = await clear(zones[0]);
			expect(one.content!.texts[0].headline).toMatch(/^ALL CLEAR: WILDFIRE is over in Ward 7/);
			expect(one.content!.cap).toMatchObject({ responseType: 'AllClear', urgency: 'Past' });
			expect(one.expiresAt! >= first.expiresAt!).toBe(true);
			expect((await alertForOffice(place.db, sipho, kha, first.id)).state).toBe('live');
			await clear(zones[1]);
			expect((await alertForOffice(place.db, sipho, kha, first.id)).state).toBe('cleared');
			expect(
				await place.db.$count(
					alerts,
					and(eq(alerts.incidentId, first.incidentId), eq(alerts.state, 'live'))
				)
			).toBe(2);
		});

		test('it ends at its minute, whether or not anybody looks', async () => {
			const out = await live(place.db, kha);
			await turnClock(place.db, later(out.expiresAt!, -1));
			expect(await liveAlerts(place.db, kha, later(out.expiresAt!, -1))).toHaveLength(1);
			expect(await liveAlerts(place.db, kha, out.expiresAt!)).toEqual([]);
			await turnClock(place.db, out.expiresAt!);
			expect((await recentAlerts(place.db, kha)).map(({ state }) => state)).toEqual(['expired']);
		});

		const refused: Array<[string, (facts: ReturnType<typeof wildfire>) => object, string, RegExp]> =
			[
				[
					'no place inside the area is named',
					({ values }) => ({ values: { ...values, place: 'The houses over there' } }),
					'place',
					/Name a place inside/
				],
				[
					'only a place elsewhere is named',
					({ values }) => ({ values: { ...values, place: 'Kelp Bay' } }),
					'place',
					/Name a place inside/
				],
				[
					'nobody is told where to go',
					({ values }) => ({ values: { ...values, towards: '' } }),
					'place',
					/Fill in/
				],
				[
					'the last safe moment is over',
					({ values }) => ({ values: { ...values, actBy: after(-1) } }),
					'actBy',
					/over already/
				],
				['no next news is promised', () => ({ nextUpdateAt: null }), 'actBy', /next news/],
				[
					'it holds a whole day',
					() => ({ expiresAt: later(monday, hours(24)) }),
					'expires',
					/22 hours/
				],
				['it holds no time at all', () => ({ expiresAt: null }), 'actBy', /until when/],
				[
					'it orders without a Gazette',
					({ values }) => ({ values: { ...values, from: 'by order of the mayor' } }),
					'gazette',
					/advice/
				],
				['its Gazette has no number', () => ({ gazette: 'soon' }), 'gazette', /Gazette/],
				[
					'it speaks in codes',
					({ values }) => ({ values: { ...values, from: 'Level 3 from the pass' } }),
					'place',
					/in words/
				],
				['it has no area', () => ({ areaWish: noArea }), 'place', /No place inside/],
				[
					'a shelter burns',
					({ values }) => ({
						values: { ...values, place: 'Sizwe Heights' },
						areaWish: { ...noArea, around: 'Sizwe Hall', metres: 700 }
					}),
					'wards',
					/Sizwe Hall/
				],
				[
					'a name is longer than a headline',
					({ values }) => ({
						values: {
							...values,
							place: `Aloe Ridge ${'and the houses beyond '.repeat(4)}`.slice(0, 90)
						}
					}),
					'place',
					/headline/
				]
			];
		test.each(refused)('it is not sent for approval when %s', async (_, change, field, why) => {
			const facts = wildfire(kha);
			const { id } = await draftAlert(place.db, sipho, { ...facts, ...change(facts) }, monday);
			await expect(
				submitAlert(place.db, sipho, { municipalityId: kha, id }, monday)
			).rejects.toMatchObject({ status: 400, field, message: expect.stringMatching(why) });
		});

		test('a template without an approved text goes nowhere; a closed shelter does not stand in the way', async () => {
			const tho = await khanyisa(place.db, 'ULW');
			await place.db.update(municipalities).set({ kind: 'B' }).where(eq(municipalities.id, tho.id));
			const draft = await draftAlert(
				place.db,
				{ ...sipho, grants: sipho.grants.map((grant) => ({ ...grant, municipalityId: tho.id })) },
				wildfire(tho.id),
				monday
			);
			const { checks, texts } = await previewOf(place.db, draft, monday);
			expect(texts).toEqual([]);
			expect(checks.find(({ name }) => name === 'reviewed')?.why).toMatch(/Nobody has approved/);

			await place.db.update(shelters).set({ open: false }).where(eq(shelters.name, 'Sizwe Hall'));
			const facts = wildfire(kha);
			const pending = await submitted(place.db, kha, monday, {
				values: { ...facts.values, place: 'Sizwe Heights', towards: 'Civic Centre' },
				areaWish: { ...noArea, around: 'Sizwe Hall', metres: 500 }
			});
			expect(pending.state).toBe('pending');
		});

		test('an exercise is one for ever, says so in every text, and goes nowhere real, whatever is promoted later', async () => {
			await place.db
				.update(municipalities)
				.set({ kind: 'exercise' })
				.where(eq(municipalities.id, kha));
			const pending = await submitted(place.db, kha);
			expect(pending.capStatus).toBe('exercise');
			for (const { headline, description, instruction, push, sms } of [
				...pending.content!.texts,
				...pending.content!.correction
			])
				for (const said of [headline, description, instruction, push.title, push.body, sms])
					expect(said).toMatch(/^EXERCISE: /);
			const forged = place.db.transaction((tx) =>
				tx.update(alerts).set({ capStatus: 'actual' }).where(eq(alerts.id, pending.id))
			);
			await expect(forged.catch((reason) => Promise.reject(faultOf(reason).code))).rejects.toBe(
				'P0001'
			);
			// One person may play both parts in training.
			await takeBack(place.db, sipho, at(pending), after(1));
			await submitAlert(place.db, sipho, at(pending), after(1));

			await place.db.update(municipalities).set({ kind: 'B' }).where(eq(municipalities.id, kha));
			await expect(approveAlert(place.db, nomsa, at(pending), after(2))).rejects.toThrow(
				/exercise is never sent/
			);
			expect(await liveAlerts(place.db, kha, after(2))).toEqual([]);
		});
	},
	(db) => settleKhanyisa(db, monday)
);
