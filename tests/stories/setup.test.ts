import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { auditFile, auditPage, record } from '#lib/audit/server/index.ts';
import type { AuditQuestion } from '#lib/audit/server/index.ts';
import {
	addTemplate,
	editTemplate,
	templatesToManage,
	templateToManage
} from '#lib/cases/server/index.ts';
import type { TemplateFacts } from '#lib/cases/template-form.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import {
	decideRetention,
	departmentsOf,
	editMunicipality,
	municipalitiesOf,
	municipalityByCode,
	municipalityInReach,
	retentionOf
} from '#lib/identity/server/index.ts';
import { invitations } from '#lib/identity/server/schema.ts';
import { allServices, foundMunicipality, retentionDue } from '#lib/issues/server/index.ts';
import { issues } from '#lib/issues/server/schema.ts';
import { cases } from '#lib/cases/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { rowVersion } from '#lib/platform/server/row-version.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { municipalityId as idOf, raised, signedIn } from '../support/khanyisa.ts';
import { inBothDatabases } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');

inBothDatabases(
	(place) => {
		let chris: Actor;
		let municipalityId: string;
		beforeEach(async () => {
			chris = await signedIn(place.db, 'admin');
			municipalityId = await idOf(place.db, 'KHA');
		});
		const code = async (which: string) => {
			const found = await municipalityByCode(place.db, which);
			if (!found) throw new Error(`no ${which}`);
			return found;
		};

		const facts = {
			name: 'Khanyisa',
			hosts: ['meld.khanyisa.example'],
			languages: ['en', 'zu'] as Array<'en' | 'zu'>,
			timezone: 'Africa/Johannesburg',
			emergencyNumbers: [{ label: 'Fire', number: '107' }],
			contact: { phone: '044 302 6300', email: '', address: '', hours: '' }
		};

		test('Chris changes the emergency numbers; a save from an old page is refused', async () => {
			const version = rowVersion(await code('KHA'));
			const save = () =>
				editMunicipality(place.db, chris, { id: municipalityId, version, facts }, noon);
			await save();
			expect((await code('KHA')).emergencyNumbers).toEqual([{ label: 'Fire', number: '107' }]);
			await expect(save()).rejects.toMatchObject({ status: 409 });
		});

		test('an address that opens another municipality’s pages is refused by its name', async () => {
			const [joyce, thokozani] = [await signedIn(place.db, 'neighbour-admin'), await code('THO')];
			await editMunicipality(
				place.db,
				chris,
				{ id: municipalityId, version: rowVersion(await code('KHA')), facts },
				noon
			);
			const theirs = (id: string, version: string) =>
				editMunicipality(place.db, joyce, { id, version, facts }, noon);
			await expect(theirs(thokozani.id, rowVersion(thokozani))).rejects.toMatchObject({
				status: 409,
				field: 'hosts',
				message: 'meld.khanyisa.example already opens the pages of Khanyisa.'
			});
			await expect(theirs(municipalityId, rowVersion(await code('KHA')))).rejects.toMatchObject({
				status: 404
			});
		});

		const found = (actor: Actor, changes: { code?: string; mdbCode?: string } = {}) =>
			foundMunicipality(
				place.db,
				actor,
				{
					code: 'UMH',
					name: 'Umhlaba',
					kind: 'B',
					mdbCode: 'XK993',
					adminName: 'Thabo Nene',
					adminEmail: 'thabo@umhlaba.example',
					...changes
				},
				async () => {},
				noon
			);

		test('Palesa starts a municipality: departments, services, and an invitation for who runs it', async () => {
			const palesa = await signedIn(place.db, 'district-admin');
			const { id } = await found(palesa);
			expect((await municipalitiesOf(place.db, palesa)).map(({ name }) => name)).toContain(
				'Umhlaba'
			);
			expect((await departmentsOf(place.db, id)).length).toBeGreaterThan(4);
			const services = await allServices(place.db, id);
			expect(services.length).toBeGreaterThan(20);
			const [invited] = await place.db
				.select()
				.from(invitations)
				.where(eq(invitations.municipalityId, id));
			expect(invited).toMatchObject({ name: 'Thabo Nene', grants: [{ role: 'admin' }] });
			expect(await municipalityInReach(place.db, palesa, 'umh')).toMatchObject({ active: true });
		});

		test('a code that is in use is refused, and nothing of the new one stays', async () => {
			const palesa = await signedIn(place.db, 'district-admin');
			await expect(found(palesa, { code: 'KHA' })).rejects.toMatchObject({
				status: 409,
				field: 'code'
			});
			await expect(found(palesa, { mdbCode: 'XK991' })).rejects.toMatchObject({
				status: 409,
				field: 'mdbCode'
			});
			expect(await municipalitiesOf(place.db, palesa)).toHaveLength(3);
		});

		test('an administrator of one municipality starts none', async () => {
			await expect(found(chris)).rejects.toMatchObject({ status: 404 });
			await expect(municipalityInReach(place.db, chris, 'THO')).rejects.toMatchObject({
				status: 404
			});
		});

		const answer: TemplateFacts = {
			name: 'Crew is coming',
			text: 'We come to {place} tomorrow.',
			departmentId: '',
			serviceId: '',
			state: 'assigned',
			language: 'en',
			active: true
		};

		test('Farida writes ready answers for her own department only', async () => {
			const farida = await signedIn(place.db, 'supervisor');
			const all = await departmentsOf(place.db, municipalityId);
			const of = (name: string) => all.find((each) => each.code === name)?.id ?? '';
			const write = (departmentId: string) =>
				addTemplate(place.db, farida, { ...answer, departmentId, municipalityId }, noon);

			await expect(write('')).rejects.toMatchObject({ status: 400, field: 'departmentId' });
			await expect(write(of('electricity'))).rejects.toMatchObject({ status: 400 });
			const templateId = await write(of('water'));
			const hers = await templatesToManage(place.db, farida, { municipalityId });
			expect(hers.map(({ id }) => id)).toContain(templateId);
			expect(hers.every(({ departmentId }) => departmentId === of('water'))).toBe(true);

			const version = rowVersion(
				await templateToManage(place.db, farida, { municipalityId, templateId })
			);
			const save = (text: string) =>
				editTemplate(
					place.db,
					farida,
					{ ...answer, departmentId: of('water'), municipalityId, templateId, version, text },
					noon
				);
			await save('We come today.');
			await expect(save('Never.')).rejects.toMatchObject({ status: 409 });
			await expect(
				templateToManage(place.db, await signedIn(place.db, 'neighbour-admin'), {
					municipalityId,
					templateId
				})
			).rejects.toMatchObject({ status: 404 });
		});

		test('how long contacts are kept is decided within bounds, and counted before it is done', async () => {
			const old = await raised(place.db, {
				reference: 'KHA-24-TESTA',
				reporterName: 'Thandi Petersen',
				at: new Date('2024-01-10T10:00:00Z')
			});
			await place.db
				.update(cases)
				.set({ closedAt: new Date('2024-02-01T10:00:00Z') })
				.where(eq(cases.id, old.caseId));
			await place.db
				.update(issues)
				.set({ deviceIndex: 'fingerprint' })
				.where(eq(issues.id, old.id));

			const seen = await retentionOf(place.db, municipalityId);
			const due = (months: number) =>
				retentionDue(place.db, municipalityId, { ...seen, reporter_names: months }, noon);
			expect(await due(24)).toMatchObject({ reporter_names: 1, devices: 1, issue_contacts: 0 });
			expect(await due(36)).toMatchObject({ reporter_names: 0 });

			const decide = (actor: Actor, months: number) =>
				decideRetention(
					place.db,
					actor,
					{ municipalityId, seen, rules: { ...seen, reporter_names: months } },
					noon
				);
			await expect(decide(chris, 1)).rejects.toMatchObject({ field: 'reporter_names' });
			await expect(decide(await signedIn(place.db, 'supervisor'), 12)).rejects.toMatchObject({
				status: 404
			});
			await decide(chris, 12);
			expect(await retentionOf(place.db, municipalityId)).toMatchObject({
				reporter_names: 12,
				messages: 12
			});
			await expect(decide(chris, 18)).rejects.toMatchObject({ status: 409 });
		});

		test('the audit log is read by person, deed, thing and day, and by nobody of next door', async () => {
			const thing = newId();
			for (const [deed, at] of [
				['service.added', '2026-11-18T21:30:00Z'],
				['service.changed', '2026-11-19T08:00:00Z']
			])
				await record(
					place.db,
					chris,
					{ municipalityId, deed, thing: 'service', thingId: thing },
					new Date(at)
				);
			const nothing: AuditQuestion = { who: '', deed: '', thing: '', from: null, until: null };
			const look = async (asked: Partial<AuditQuestion>) =>
				(
					await auditFile(place.db, chris, {
						municipalityId,
						asked: { ...nothing, thing, ...asked }
					})
				).map(({ deed }) => deed);

			expect(await look({})).toEqual(['service.changed', 'service.added']);
			expect(await look({ who: 'majola' })).toHaveLength(2);
			expect(await look({ who: '%' })).toEqual([]);
			expect(await look({ deed: 'service.added' })).toEqual(['service.added']);
			expect(await look({ from: new Date('2026-11-19T00:00:00+02:00') })).toEqual([
				'service.changed'
			]);
			const page = await auditPage(place.db, chris, { municipalityId, asked: nothing, page: 1 });
			expect(page.entries[0].seq).toBe(page.total);

			const joyce = await signedIn(place.db, 'neighbour-admin');
			await expect(
				auditPage(place.db, joyce, { municipalityId, asked: nothing, page: 1 })
			).rejects.toMatchObject({ status: 404 });
		});
	},
	(db) => settleKhanyisa(db, noon)
);
