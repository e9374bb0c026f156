import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { auditEntries } from '#lib/audit/server/schema.ts';
import { openCase } from '#lib/cases/server/index.ts';
import { caseEvents, cases } from '#lib/cases/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import {
	addDepartment,
	departmentOf,
	departmentsOf,
	editDepartment,
	reopenDepartment
} from '#lib/identity/server/index.ts';
import { addService, allServices, closeDepartment } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { rowVersion } from '#lib/platform/server/row-version.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { municipalityId as idOf, signedIn } from '../support/khanyisa.ts';
import { inBothDatabases } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');
const leaks = { name: 'Leak Desk', kind: 'department', email: '', phone: '', hours: '' } as const;

inBothDatabases(
	(place) => {
		let chris: Actor;
		let municipalityId: string;
		beforeEach(async () => {
			chris = await signedIn(place.db, 'admin');
			municipalityId = await idOf(place.db, 'KHA');
		});

		const named = async (name: string) => {
			const all = await departmentsOf(place.db, municipalityId);
			const found = all.find((each) => each.name === name);
			if (!found) throw new Error(`no ${name}`);
			return found;
		};
		const deeds = async () =>
			(
				await place.db
					.select({ deed: auditEntries.deed })
					.from(auditEntries)
					.where(eq(auditEntries.municipalityId, municipalityId))
					.orderBy(auditEntries.seq)
			).map(({ deed }) => deed);
		const burstPipe = (departmentId: string, n: number) =>
			openCase(
				place.db,
				{
					municipalityId,
					track: 'issue',
					subjectId: newId(),
					reference: `KHA-26-TEST${n}`,
					departmentId,
					deedId: newId()
				},
				noon
			);

		test('Chris adds a department; its code comes from its name', async () => {
			const id = await addDepartment(place.db, chris, { municipalityId, ...leaks }, noon);
			expect(await departmentOf(place.db, municipalityId, id)).toMatchObject({
				code: 'leak-desk',
				email: null,
				active: true
			});
			expect(await deeds()).toContain('department.added');
		});

		test('a name that is there already is refused, whatever its capitals', async () => {
			await expect(
				addDepartment(place.db, chris, { municipalityId, ...leaks, name: 'waste removal' }, noon)
			).rejects.toMatchObject({ status: 409, field: 'name' });
		});

		test('Chris renames a department; a save from an old page is refused', async () => {
			const waste = await named('Waste Removal');
			const save = (name: string) =>
				editDepartment(
					place.db,
					chris,
					{
						...leaks,
						municipalityId,
						departmentId: waste.id,
						version: rowVersion(waste),
						name
					},
					noon
				);
			await save('Waste and Recycling');
			await expect(save('Rubbish')).rejects.toMatchObject({ status: 409, field: 'version' });
			expect(await named('Waste and Recycling')).toMatchObject({ code: 'waste' });
		});

		test.each(['supervisor', 'councillor', 'neighbour-admin', 'resident'])(
			'to %s the departments of Khanyisa cannot be changed',
			async (handle) => {
				const other = await signedIn(place.db, handle);
				const waste = await named('Waste Removal');
				const refused = { status: 404 };
				await expect(
					addDepartment(place.db, other, { municipalityId, ...leaks }, noon)
				).rejects.toMatchObject(refused);
				await expect(
					closeDepartment(place.db, other, { municipalityId, departmentId: waste.id }, noon)
				).rejects.toMatchObject(refused);
			}
		);

		test('another municipality’s department does not exist here', async () => {
			const [theirs] = await departmentsOf(place.db, await idOf(place.db, 'THO'));
			await expect(
				reopenDepartment(place.db, chris, { municipalityId, departmentId: theirs.id }, noon)
			).rejects.toMatchObject({ status: 404 });
		});

		test('the district administrator may run the departments of a municipality in her district', async () => {
			const palesa = await signedIn(place.db, 'district-admin');
			await addDepartment(place.db, palesa, { municipalityId, ...leaks }, noon);
			expect(await named('Leak Desk')).toBeTruthy();
		});

		test('a department that holds open cases closes only when another takes them over', async () => {
			const [waste, parks] = [await named('Waste Removal'), await named('Parks and Cemeteries')];
			const first = await burstPipe(waste.id, 1);
			await burstPipe(waste.id, 2);
			await addService(
				place.db,
				chris,
				{
					municipalityId,
					name: 'Old tyres',
					group: 'Waste',
					description: '',
					keywords: [],
					icon: 'bin',
					departmentId: waste.id,
					priority: 'normal',
					private: false,
					anonymousAllowed: true,
					stopAdvice: '',
					duplicateMetres: 50,
					duplicateDays: 14,
					active: true
				},
				noon
			);
			const routed = (await allServices(place.db, municipalityId)).filter(
				({ departmentId }) => departmentId === waste.id
			).length;
			expect(routed).toBeGreaterThan(1);
			const close = (moveTo?: string) =>
				closeDepartment(place.db, chris, { municipalityId, departmentId: waste.id, moveTo }, noon);

			await expect(close()).rejects.toMatchObject({
				status: 409,
				field: 'moveTo',
				message: `Waste Removal still holds 2 open cases and ${routed} services. Choose who takes over.`
			});
			await expect(close(waste.id)).rejects.toMatchObject({ status: 400 });

			await close(parks.id);
			expect(await named('Waste Removal')).toMatchObject({ active: false });
			const [moved] = await place.db.select().from(cases).where(eq(cases.id, first.id));
			expect(moved).toMatchObject({ departmentId: parks.id, state: 'open', assigneeId: null });
			const events = await place.db
				.select()
				.from(caseEvents)
				.where(eq(caseEvents.caseId, first.id))
				.orderBy(caseEvents.seq);
			expect(events.map(({ kind }) => kind)).toEqual(['opened', 'reroute']);
			const [tyres] = (await allServices(place.db, municipalityId)).filter(
				({ name }) => name === 'Old tyres'
			);
			expect(tyres.departmentId).toBe(parks.id);
			expect((await deeds()).at(-1)).toBe('department.closed');

			await reopenDepartment(place.db, chris, { municipalityId, departmentId: waste.id }, noon);
			expect(await named('Waste Removal')).toMatchObject({ active: true });
		});
	},
	(db) => settleKhanyisa(db, noon)
);
