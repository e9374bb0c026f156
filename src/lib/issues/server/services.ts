import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import type { Question, ServiceTerms } from '../rules.ts';
import { serviceWords, spokenTerms, tongueOfAdvice } from './service-words.ts';
import { services, serviceQuestions } from './schema.ts';

export type Service = typeof services.$inferSelect;
export type ServiceWithQuestions = Service & ServiceTerms;

/** The services people can choose, in the order of the list. */
export const servicesOf = (db: Db, municipalityId: string): Promise<Service[]> =>
	db
		.select()
		.from(services)
		.where(and(eq(services.municipalityId, municipalityId), eq(services.active, true)))
		.orderBy(asc(services.position), asc(services.name));

/** What every service there is or was is called, in the language of whoever asks, by id. */
export async function servicesNamed(db: Db, municipalityId: string): Promise<Map<string, string>> {
	const found = await db
		.select({ id: services.id, name: services.name })
		.from(services)
		.where(eq(services.municipalityId, municipalityId));
	return new Map(found.map(({ id, name }) => [id, serviceWords(name)]));
}

/** The questions of a service, in their order. */
export const questionsOf = (
	db: Db,
	serviceId: string
): Promise<Array<Question & { hint: string }>> =>
	db
		.select({
			code: serviceQuestions.code,
			question: serviceQuestions.question,
			hint: serviceQuestions.hint,
			datatype: serviceQuestions.datatype,
			required: serviceQuestions.required,
			values: serviceQuestions.values
		})
		.from(serviceQuestions)
		.where(eq(serviceQuestions.serviceId, serviceId))
		.orderBy(asc(serviceQuestions.position));

/** A service people can choose, with what it asks; undefined when there is none of that code here. */
export async function serviceByCode(
	db: Db,
	municipalityId: string,
	code: string
): Promise<ServiceWithQuestions | undefined> {
	const [service] = await db
		.select()
		.from(services)
		.where(
			and(
				eq(services.municipalityId, municipalityId),
				eq(services.code, code),
				eq(services.active, true)
			)
		);
	return service && { ...service, questions: await questionsOf(db, service.id) };
}

/** A service as the report page needs it, and nothing more: it travels to every phone. */
export type OfferedService = ServiceTerms &
	Pick<Service, 'code' | 'name' | 'description' | 'keywords'> & {
		/** The language its advice is said in, where that is not the page's. */
		stopTongue?: string;
	};

/** What the report page offers: every group with its services and what each asks. */
export interface ServiceGroup {
	name: string;
	icon: string;
	services: OfferedService[];
}

/**
 * The services of a municipality by group, in the order an administrator gave them and in the words of
 * whoever asks. What it is called otherwise is found too.
 */
export async function serviceGroupsOf(db: Db, municipalityId: string): Promise<ServiceGroup[]> {
	const all = await servicesOf(db, municipalityId);
	const asked = await db
		.select()
		.from(serviceQuestions)
		.where(eq(serviceQuestions.municipalityId, municipalityId))
		.orderBy(asc(serviceQuestions.position));
	const byService = Map.groupBy(asked, ({ serviceId }) => serviceId);
	return [...Map.groupBy(all, ({ group }) => group)].map(([name, each]) => ({
		name: serviceWords(name),
		icon: each[0].icon,
		services: each.map((service) => offered(service, byService.get(service.id) ?? []))
	}));
}

const offered = (
	service: Service,
	questions: Array<typeof serviceQuestions.$inferSelect>
): OfferedService => {
	const { code, name, description, keywords, anonymousAllowed } = service;
	const spoken = serviceWords(name);
	return {
		code,
		name: spoken,
		description: serviceWords(description),
		keywords: spoken === name ? keywords : [...keywords, name],
		anonymousAllowed,
		stopTongue: tongueOfAdvice(service.stopAdvice),
		...spokenTerms({ private: service.private, stopAdvice: service.stopAdvice, questions })
	};
};
