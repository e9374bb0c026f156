import { and, asc, eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { departmentOf } from '../../identity/server/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { mustBeAsShown } from '../../platform/server/row-version.ts';
import type { TemplateFacts } from '../template-form.ts';
import { replyTemplates } from './schema.ts';

export type TemplateRow = typeof replyTemplates.$inferSelect;

interface At {
	municipalityId: string;
}

const mayManage = (
	actor: Actor,
	{ municipalityId, departmentId }: At & { departmentId: string | null }
) => can(actor, 'template.manage', { municipalityId, departmentId });

/** The departments of a list for which somebody may write ready answers; '' stands for all of them. */
export const departmentsToWriteFor = (actor: Actor, municipalityId: string, ids: string[]) =>
	['', ...ids].filter((id) => mayManage(actor, { municipalityId, departmentId: id || null }));

/** The ready answers somebody may change: a supervisor those of the department, others all. */
export async function templatesToManage(db: Db, actor: Actor, { municipalityId }: At) {
	const all = await db
		.select()
		.from(replyTemplates)
		.where(eq(replyTemplates.municipalityId, municipalityId))
		.orderBy(asc(replyTemplates.name), asc(replyTemplates.language));
	return all.filter((template) => mayManage(actor, template));
}

/** One ready answer that this person may change; others do not exist. */
export async function templateToManage(
	db: Db,
	actor: Actor,
	{ municipalityId, templateId }: At & { templateId: string },
	lock = false
): Promise<TemplateRow> {
	if (!isId(templateId)) throw notFound();
	const query = db
		.select()
		.from(replyTemplates)
		.where(
			and(eq(replyTemplates.id, templateId), eq(replyTemplates.municipalityId, municipalityId))
		);
	const [found] = lock ? await query.for('update') : await query;
	if (!found || !mayManage(actor, found)) throw notFound();
	return found;
}

/** Writes a ready answer. Answers its id. */
export async function addTemplate(
	db: Db,
	actor: Actor,
	{ municipalityId, ...facts }: TemplateFacts & At,
	now = new Date()
): Promise<string> {
	return db.transaction(async (tx) => {
		const row = await checked(tx, actor, municipalityId, facts);
		const id = newId(now);
		await tx.insert(replyTemplates).values({ ...row, id, municipalityId });
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'template.added', thing: 'template', thingId: id },
			now
		);
		return id;
	});
}

/** Changes a ready answer. What was sent with it before was copied, and stays. */
export async function editTemplate(
	db: Db,
	actor: Actor,
	facts: TemplateFacts & At & { templateId: string; version: string },
	now = new Date()
) {
	const { municipalityId, templateId, version, ...changes } = facts;
	await db.transaction(async (tx) => {
		mustBeAsShown(await templateToManage(tx, actor, facts, true), version);
		const row = await checked(tx, actor, municipalityId, changes);
		await tx.update(replyTemplates).set(row).where(eq(replyTemplates.id, templateId));
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'template.changed', thing: 'template', thingId: templateId },
			now
		);
	});
}

/** The row a form makes. Throws when its department or name is not this person's to use. */
async function checked(tx: Db, actor: Actor, municipalityId: string, facts: TemplateFacts) {
	const departmentId = facts.departmentId || null;
	if (departmentId) await departmentOf(tx, municipalityId, departmentId);
	if (!mayManage(actor, { municipalityId, departmentId }))
		throw new Refusal(400, 'Choose a department you write for', 'departmentId');
	if (facts.serviceId && !isId(facts.serviceId))
		throw new Refusal(400, 'Choose a service of the list', 'serviceId');
	return { ...facts, departmentId, serviceId: facts.serviceId || null };
}
