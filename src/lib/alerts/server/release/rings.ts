import type { NewBroadcast } from '../../../delivery/server/index.ts';
import type { Frozen } from '../../content.ts';

/**
 * Who is told, and in which order: followers of the wards that the area touches. The canary ring and
 * the warning itself ask here, so that what was tested is what goes out.
 */
export const ringsOf = ({ wards }: Pick<Frozen, 'wards'>): NewBroadcast['rings'] => [
	wards.map(({ code }) => ['ward', code] as const)
];
