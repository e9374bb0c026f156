import type { OutageState } from './rules.ts';
import { serviceAreaOf } from './service-areas.ts';

/** The periods the service alerts of the City of Cape Town can be asked for. */
export const timeFrames = ['current', '7days', 'all'] as const;
export type TimeFrame = (typeof timeFrames)[number];

/** Its status of each public state. */
// prettier-ignore
const statuses: Record<Exclude<OutageState, 'draft'>, string> = {
	open: 'Open', assigned: 'Assigned', crew: 'Crew on Site', resolved: 'Issue Resolved', closed: 'Closed'
};

export interface ToPublish {
	number: number;
	state: OutageState;
	planned: boolean;
	/** Its services as the municipality calls them, with their groups. */
	services: Array<{ name: string; group: string }>;
	areaDesc: string;
	words: string;
	startsAt: Date;
	forecastEnd: Date | null;
	endedAt: Date | null;
	closedAt: Date | null;
	publishedAt: Date;
	reference: string | null;
	/** WKT in longitude and latitude of WGS 84. */
	wkt: string;
}

/**
 * An outage as the City of Cape Town publishes it (service-alerts-connector, `ServiceAlertV1.2`). What
 * is not known is left out: its schema knows no null. Neither are the texts that its own model writes
 * for social media, nor `area_type`, which names data sets of that city.
 */
export function serviceAlertOf(outage: ToPublish) {
	const { state, services, words, reference, startsAt, forecastEnd } = outage;
	const names = services.map(({ name }) => name).join(', ');
	const over = outage.closedAt ?? outage.endedAt ?? forecastEnd;
	return {
		Id: outage.number,
		service_area: serviceAreaOf(services[0]?.group ?? ''),
		title: names,
		description: words || names,
		area: outage.areaDesc,
		location: outage.areaDesc,
		publish_date: outage.publishedAt.toISOString(),
		effective_date: startsAt.toISOString(),
		...(over && { expiry_date: over.toISOString() }),
		start_timestamp: startsAt.toISOString(),
		...(forecastEnd && { forecast_end_timestamp: forecastEnd.toISOString() }),
		planned: outage.planned,
		...(reference && { request_number: reference }),
		geospatial_footprint: outage.wkt,
		status: statuses[state === 'draft' ? 'open' : state]
	};
}

export type ServiceAlert = ReturnType<typeof serviceAlertOf>;
