import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/identity/permissions.ts';
import { departmentsOf } from '#lib/identity/server/index.ts';
import {
	addQuestion,
	addService,
	allServices,
	editQuestion,
	editService,
	moveQuestion,
	moveService,
	questionsToManage,
	removeQuestion,
	saveRouting,
	serviceToManage
} from '#lib/issues/server/index.ts';
import type { QuestionFacts, ServiceFacts } from '#lib/issues/service-form.ts';
import { rowVersion } from '#lib/platform/server/row-version.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { municipalityId as idOf, signedIn } from '../support/khanyisa.ts';
import { inBothDatabases } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');
const tyres: ServiceFacts = {
	name: 'Old tyres dumped',
	group: 'Test heading',
	description: '',
	keywords: ['tyre', 'ithayi'],
	icon: 'bin',
	departmentId: '',
	priority: 'normal',
	private: false,
	anonymousAllowed: true,
	stopAdvice: '',
	duplicateMetres: 50,
	duplicateDays: 14,
	active: true
};
const howMany = {
	question: 'How many are there?',
	hint: '',
	datatype: 'singlevaluelist',
	required: true,
	answers: [{ name: 'A few' }, { name: 'They burn', stop: 'Call 107 now.' }]
} satisfies QuestionFacts;

inBothDatabases(
	(place) => {
		let chris: Actor;
		let municipalityId: string;
		let roads: string;
		let parks: string;
		beforeEach(async () => {
			chris = await signedIn(place.db, 'admin');
			municipalityId = await idOf(place.db, 'KHA');
			const all = await departmentsOf(place.db, municipalityId);
			const id = (code: string) => all.find((each) => each.code === code)?.id ?? '';
			[roads, parks] = [id('roads'), id('parks')];
		});

		const add = (facts: Partial<ServiceFacts> = {}) =>
			addService(place.db, chris, { municipalityId, ...tyres, ...facts }, noon);
		const read = (serviceId: string) => serviceToManage(place.db, chris, municipalityId, serviceId);

		test('Chris adds a service that goes to Roads; a second of the same name is refused', async () => {
			const id = await add({ departmentId: roads });
			expect(await read(id)).toMatchObject({
				code: 'old-tyres-dumped',
				departmentId: roads,
				keywords: ['tyre', 'ithayi'],
				stopAdvice: null
			});
			await expect(add({ name: 'old TYRES dumped' })).rejects.toMatchObject({
				status: 409,
				field: 'name'
			});
		});

		test('a service cannot send reports to another municipality’s department', async () => {
			const [theirs] = await departmentsOf(place.db, await idOf(place.db, 'THO'));
			await expect(add({ departmentId: theirs.id })).rejects.toMatchObject({
				status: 400,
				field: 'departmentId'
			});
		});

		test.each(['supervisor', 'councillor', 'district-admin', 'neighbour-admin'])(
			'%s cannot add a service to Khanyisa',
			async (handle) => {
				chris = await signedIn(place.db, handle);
				await expect(add()).rejects.toMatchObject({ status: 404 });
			}
		);

		test('a change keeps the code; one from an old page is refused', async () => {
			const serviceId = await add();
			const version = rowVersion(await read(serviceId));
			const save = (name: string) =>
				editService(
					place.db,
					chris,
					{ ...tyres, municipalityId, serviceId, version, name, active: false },
					noon
				);
			await save('Tyres');
			expect(await read(serviceId)).toMatchObject({ code: 'old-tyres-dumped', active: false });
			await expect(save('Rubber')).rejects.toMatchObject({ status: 409, field: 'version' });
		});

		test('services of a group change places, and the first stays first', async () => {
			const [a, b] = [await add({ name: 'A' }), await add({ name: 'B' })];
			const order = async () =>
				(await allServices(place.db, municipalityId))
					.filter(({ group }) => group === tyres.group)
					.map(({ name }) => name);
			const move = (serviceId: string, by: 1 | -1) =>
				moveService(place.db, chris, { municipalityId, serviceId, by }, noon);
			await move(b, -1);
			expect(await order()).toEqual(['B', 'A']);
			await move(b, -1);
			expect(await order()).toEqual(['B', 'A']);
			await move(b, 1);
			expect(await order()).toEqual(['A', 'B']);
			await move(a, 1);
			expect(await order()).toEqual(['B', 'A']);
		});

		test('the routing table is saved at once, or not at all', async () => {
			const [a, b] = [await add({ name: 'A' }), await add({ name: 'B' })];
			const save = (...routes: Array<[string, string, string]>) =>
				saveRouting(
					place.db,
					chris,
					{
						municipalityId,
						routes: routes.map(([serviceId, from, to]) => ({ serviceId, from, to }))
					},
					noon
				);
			await save([a, '', roads], [b, '', '']);
			expect(await read(a)).toMatchObject({ departmentId: roads });

			await expect(save([b, '', roads], [a, '', parks])).rejects.toMatchObject({
				status: 409,
				field: a
			});
			expect(await read(b)).toMatchObject({ departmentId: null });
		});

		test('a question keeps its code, and an answer that keeps its name its key', async () => {
			const serviceId = await add();
			const which = { municipalityId, serviceId };
			const questionId = await addQuestion(place.db, chris, { ...which, ...howMany }, noon);
			const [asked] = await questionsToManage(place.db, which);
			expect(asked).toMatchObject({
				code: 'how-many-are-there',
				values: [
					{ key: 'a-few', name: 'A few' },
					{ key: 'they-burn', name: 'They burn', stop: 'Call 107 now.' }
				]
			});

			await editQuestion(
				place.db,
				chris,
				{
					...which,
					...howMany,
					questionId,
					version: rowVersion(asked),
					question: 'How many tyres?',
					answers: [{ name: 'More than ten' }, { name: 'A few' }]
				},
				noon
			);
			expect((await questionsToManage(place.db, which))[0]).toMatchObject({
				code: 'how-many-are-there',
				question: 'How many tyres?',
				values: [
					{ key: 'more-than-ten', name: 'More than ten' },
					{ key: 'a-few', name: 'A few' }
				]
			});
		});

		test('questions change places and can be removed; the neighbour’s administrator finds none', async () => {
			const serviceId = await add();
			const which = { municipalityId, serviceId };
			const ask = (question: string) =>
				addQuestion(
					place.db,
					chris,
					{ ...which, question, hint: '', datatype: 'string', required: false, answers: [] },
					noon
				);
			const [one, two] = [await ask('One?'), await ask('Two?')];
			await moveQuestion(place.db, chris, { ...which, questionId: two, by: -1 }, noon);
			expect((await questionsToManage(place.db, which)).map(({ code }) => code)).toEqual([
				'two',
				'one'
			]);

			const joyce = await signedIn(place.db, 'neighbour-admin');
			await expect(
				removeQuestion(place.db, joyce, { ...which, questionId: one }, noon)
			).rejects.toMatchObject({ status: 404 });
			await removeQuestion(place.db, chris, { ...which, questionId: one }, noon);
			expect(await questionsToManage(place.db, which)).toHaveLength(1);
		});
	},
	(db) => settleKhanyisa(db, noon)
);
