import type { Actor } from '#lib/identity/permissions.ts';

/**
 * Whose cases the office shows: the municipality of the page where this person works there, else
 * the first in which they do.
 */
export const officeMunicipality = ({ actor, municipality }: App.Locals): string =>
	works(actor, municipality.id) ? municipality.id : actor.grants[0].municipalityId;

const works = (actor: Actor, municipalityId: string) =>
	actor.grants.some((grant) => grant.municipalityId === municipalityId);
