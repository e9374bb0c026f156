import { and, asc, eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { freeCode } from '../../platform/codes.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { mustBeAsShown } from '../../platform/server/row-version.ts';
import { keyedAnswers, type QuestionFacts } from '../service-form.ts';
import { serviceToManage } from './manage-services.ts';
import { serviceQuestions } from './schema.ts';

export type QuestionRow = typeof serviceQuestions.$inferSelect;

interface Which {
	municipalityId: string;
	serviceId: string;
}

/** The extra questions of a service, in their order. */
export const questionsToManage = (db: Db, { municipalityId, serviceId }: Which) =>
	db
		.select()
		.from(serviceQuestions)
		.where(
			and(
				eq(serviceQuestions.serviceId, serviceId),
				eq(serviceQuestions.municipalityId, municipalityId)
			)
		)
		.orderBy(asc(serviceQuestions.position), asc(serviceQuestions.id));

const mostQuestions = 12;

/** Adds a question at the end. Answers its id. */
export async function addQuestion(
	db: Db,
	actor: Actor,
	{ municipalityId, serviceId, ...facts }: Which & QuestionFacts,
	now = new Date()
): Promise<string> {
	return db.transaction(async (tx) => {
		await serviceToManage(tx, actor, municipalityId, serviceId, true);
		const others = await questionsToManage(tx, { municipalityId, serviceId });
		if (others.length >= mostQuestions)
			throw new Refusal(
				409,
				`${mostQuestions} questions are enough. Remove one first.`,
				'question'
			);

		const { answers, ...rest } = facts;
		const id = newId(now);
		await tx.insert(serviceQuestions).values({
			...rest,
			id,
			municipalityId,
			serviceId,
			code: freeCode(
				facts.question,
				others.map(({ code }) => code)
			),
			position: Math.max(-1, ...others.map(({ position }) => position)) + 1,
			values: keyedAnswers(answers, [], freeCode)
		});
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'question.added',
				thing: 'service',
				thingId: serviceId,
				details: { questionId: id }
			},
			now
		);
		return id;
	});
}

/** Changes a question. Its code stays, and so do the keys of answers that keep their name. */
export async function editQuestion(
	db: Db,
	actor: Actor,
	facts: Which & { questionId: string; version: string } & QuestionFacts,
	now = new Date()
) {
	const { municipalityId, serviceId, questionId, version, answers, ...changes } = facts;
	await db.transaction(async (tx) => {
		const before = await questionToManage(tx, actor, facts);
		mustBeAsShown(before, version);
		await tx
			.update(serviceQuestions)
			.set({ ...changes, values: keyedAnswers(answers, before.values, freeCode) })
			.where(eq(serviceQuestions.id, questionId));
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'question.changed',
				thing: 'service',
				thingId: serviceId,
				details: { questionId }
			},
			now
		);
	});
}

/** Takes a question off the form. Answers already given stay with their reports. */
export async function removeQuestion(
	db: Db,
	actor: Actor,
	facts: Which & { questionId: string },
	now = new Date()
) {
	await db.transaction(async (tx) => {
		const gone = await questionToManage(tx, actor, facts);
		await tx.delete(serviceQuestions).where(eq(serviceQuestions.id, gone.id));
		await record(
			tx,
			actor,
			{
				municipalityId: facts.municipalityId,
				deed: 'question.removed',
				thing: 'service',
				thingId: facts.serviceId,
				details: { questionId: gone.id, code: gone.code }
			},
			now
		);
	});
}

/** Puts a question one place up or down. */
export async function moveQuestion(
	db: Db,
	actor: Actor,
	facts: Which & { questionId: string; by: 1 | -1 },
	now = new Date()
) {
	await db.transaction(async (tx) => {
		const moved = await questionToManage(tx, actor, facts);
		const order = await questionsToManage(tx, facts);
		const at = order.findIndex(({ id }) => id === moved.id);
		if (!order[at + facts.by]) return;
		[order[at], order[at + facts.by]] = [order[at + facts.by], order[at]];
		for (const [position, { id }] of order.entries())
			await tx.update(serviceQuestions).set({ position }).where(eq(serviceQuestions.id, id));
		await record(
			tx,
			actor,
			{
				municipalityId: facts.municipalityId,
				deed: 'question.moved',
				thing: 'service',
				thingId: facts.serviceId,
				details: { questionId: moved.id }
			},
			now
		);
	});
}

async function questionToManage(
	tx: Db,
	actor: Actor,
	{ municipalityId, serviceId, questionId }: Which & { questionId: string }
): Promise<QuestionRow> {
	await serviceToManage(tx, actor, municipalityId, serviceId, true);
	const [found] = isId(questionId)
		? await tx
				.select()
				.from(serviceQuestions)
				.where(and(eq(serviceQuestions.id, questionId), eq(serviceQuestions.serviceId, serviceId)))
				.for('update')
		: [];
	if (!found) throw notFound();
	return found;
}
