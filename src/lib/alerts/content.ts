import type {
	AlertArea,
	AlertText,
	CapStatus,
	CapWords,
	Kind,
	LegalBasis,
	Level
} from './alert.ts';
import type { SlotValues } from './compose.ts';

/** Slots as they are kept: times as ISO texts. */
export type StoredSlots = Omit<SlotValues, 'actBy'> & { actBy: string | null };

export const storeSlots = ({ actBy, ...texts }: SlotValues): StoredSlots => ({
	...texts,
	actBy: actBy?.toISOString() ?? null
});
export const readSlots = ({ actBy, ...texts }: StoredSlots): SlotValues => ({
	...texts,
	actBy: actBy ? new Date(actBy) : null
});

/** Everything that is said and where, frozen when an alert is submitted. Times as ISO texts, so that a hash holds. */
export interface Frozen {
	number: string;
	version: number;
	kind: Kind;
	capStatus: CapStatus;
	template: string;
	level: Level;
	cap: CapWords;
	texts: AlertText[];
	/** Approved with it: what is said when it turns out to be wrong. */
	correction: AlertText[];
	area: AlertArea;
	areaHash: string;
	wards: Array<{ code: string; name: string }>;
	places: string[];
	legalBasis: LegalBasis;
	/** Hashes of the approved texts it was made of: `wildfire_leave_now/en`. */
	templates: Record<string, string>;
	expiresAt: string;
	nextUpdateAt: string | null;
}
