import type { Basemap } from '#lib/geography/basemap.ts';
import { m } from '#lib/i18n/index.ts';
import { icons } from '#lib/ui/icons.ts';

/** Makes the words of a form's helpers: spoken on the server, so that phones fetch one language only. */
export const helpWords = () => ({
	kept: m.report_draft_kept(),
	again: m.report_draft_again(),
	found: m.report_found(),
	nothing: m.report_found_nothing(),
	here: m.report_use_position(),
	asking: m.report_position_asking(),
	silent: m.report_position_none(),
	map: m.report_show_map(),
	fetching: m.report_map_fetching(),
	noMap: m.report_map_none(),
	pin: m.report_pin_middle(),
	tap: m.report_pin_hint(),
	same: m.report_same_live(),
	mine: m.report_same_mine(),
	off: m.outages_join(),
	ward: m.report_ward_n({ n: '{n}' }),
	shrinking: m.report_photos_shrinking(),
	onePhoto: m.report_photo_weight({ kb: '{kb}' }),
	photos: m.report_photos_weight({ n: '{n}', kb: '{kb}' }),
	tooMany: m.report_photos_left({ n: '{n}' })
});

/** What the script of the form is told by the page. */
export interface Help {
	/** Nothing was sent yet: an earlier draft may be put back. */
	fresh: boolean;
	municipality: string;
	/** Address of the styles of the map, fetched with it. */
	mapStyles: string;
	/** What the operator laid under it. */
	basemap: Basemap | null;
	icons: { pin: string; map: string };
	words: ReturnType<typeof helpWords>;
}

/** Everything the script of the form needs, as data of the page. */
export const helpOf = (
	about: Pick<Help, 'fresh' | 'municipality' | 'mapStyles' | 'basemap'>
): Help => ({
	...about,
	icons: { pin: icons.pin, map: icons.map },
	words: helpWords()
});
