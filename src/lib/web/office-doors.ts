import { holds, type Actor, type Permission } from '#lib/identity/permissions.ts';
import type { IconName } from '#lib/ui/icons.ts';

export interface OfficeDoor {
	path: string;
	name: string;
	icon: IconName;
	needs: Permission[];
	waiting?: number;
}

/** The rooms of the office, in the order of a day's work. A person sees those they may enter. */
// prettier-ignore
export const officeDoors: OfficeDoor[] = [
	{ path: '/office/commitments', name: 'Promises', icon: 'flag', needs: ['commitment.make'] },
];

export const doorsOpenTo = (actor: Actor) =>
	officeDoors.filter(({ needs }) => needs.some((permission) => holds(actor, permission)));
