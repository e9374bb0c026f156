import { and, eq, inArray } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { departments } from '../../identity/server/schema.ts';
import { newId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import {
	departmentTemplate,
	serviceGroups,
	serviceTemplate,
	type ServiceTemplate
} from '../template/index.ts';
import { serviceQuestions, services } from './schema.ts';

export interface TemplateOptions {
	actor?: { id: string } | null;
	/** Codes of departments that do the work of template departments here: `{ roads: 'technical' }`. */
	instead?: Record<string, string>;
}

/**
 * Gives a municipality the departments and services of the template. What is there already, by its
 * code, stays as it is; applying it again adds only what is new. Answers how many services were added.
 */
export const applyServiceTemplate = (
	db: Db,
	municipalityId: string,
	now = new Date(),
	{ actor = null, instead = {} }: TemplateOptions = {}
): Promise<number> =>
	db.transaction(async (tx) => {
		const ids = await settleDepartments(tx, municipalityId, instead);
		const there = new Set(
			(
				await tx
					.select({ code: services.code })
					.from(services)
					.where(eq(services.municipalityId, municipalityId))
			).map(({ code }) => code)
		);
		const missing = serviceTemplate.filter(({ code }) => !there.has(code));
		const rows = missing.map((each) => ({
			each,
			id: newId(now),
			departmentId: ids[instead[each.to] ?? each.to]
		}));
		const questions = rows.flatMap(({ each, id }) => questionRows(municipalityId, id, each, now));
		if (rows.length)
			await tx.insert(services).values(
				rows.map(({ each, id, departmentId }) => ({
					id,
					municipalityId,
					departmentId,
					...serviceRow(each)
				}))
			);
		if (questions.length) await tx.insert(serviceQuestions).values(questions);

		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'services.template_applied',
				thing: 'municipality',
				thingId: municipalityId,
				details: { added: missing.length }
			},
			now
		);
		return missing.length;
	});

async function settleDepartments(
	tx: Db,
	municipalityId: string,
	instead: Record<string, string>
): Promise<Record<string, string>> {
	const wanted = departmentTemplate.filter(({ code }) => !instead[code]);
	if (wanted.length)
		await tx
			.insert(departments)
			.values(wanted.map(({ code, name }) => ({ id: newId(), municipalityId, code, name })))
			.onConflictDoNothing();
	const codes = [...departmentTemplate.map(({ code }) => code), ...Object.values(instead)];
	const found = await tx
		.select({ code: departments.code, id: departments.id })
		.from(departments)
		.where(and(eq(departments.municipalityId, municipalityId), inArray(departments.code, codes)));
	return Object.fromEntries(found.map(({ code, id }) => [code, id]));
}

const serviceRow = (template: ServiceTemplate) => ({
	code: template.code,
	name: template.name,
	group: template.group,
	description: template.description ?? '',
	keywords: template.keywords ?? [],
	icon: serviceGroups.find(({ name }) => name === template.group)?.icon,
	priority: template.priority ?? ('normal' as const),
	private: template.private ?? false,
	anonymousAllowed: !template.named,
	stopAdvice: template.stop ?? null,
	duplicateMetres: template.near ?? 50,
	position: serviceTemplate.indexOf(template)
});

const questionRows = (
	municipalityId: string,
	serviceId: string,
	{ questions = [] }: ServiceTemplate,
	now: Date
) =>
	questions.map((question, position) => ({
		id: newId(now),
		municipalityId,
		serviceId,
		position,
		...question
	}));
