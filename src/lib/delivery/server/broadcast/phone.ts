import { sql } from 'drizzle-orm';
import { unseal } from '../../../platform/server/keys.ts';
import type { PushSubscription } from '../../push.ts';
import type { Needs } from './members.ts';
import type { Member } from './station.ts';

/** A phone or browser in an audience. */
export interface Phone extends Member {
	gone: boolean;
	blockId: string | null;
	slot: number | null;
	/** The subscription itself, of a phone that is in no block. */
	sealed: Buffer | null;
	endpointIndex: string;
	/** Its owner must not be seen with what they are told. */
	concealed: boolean;
}

export const phoneNeeds: Needs = {
	columns: sql`s.id is null or s.gone_at is not null as gone, s.block_id as "blockId", s.slot,
		case when s.block_id is null then s.sealed end as sealed, s.endpoint_index as "endpointIndex",
		coalesce(hidden.concealed, false) as concealed`,
	joined: sql`left join push_subscriptions s on s.id = a.push_subscription_id
		left join preferences hidden on hidden.person_id = coalesce(a.person_id, s.person_id) and hidden.contact_point_id is null`
};

export const subscriptionOf = ({ sealed, endpointIndex }: Phone): PushSubscription =>
	JSON.parse(unseal('push', Buffer.from(sealed!), endpointIndex));
