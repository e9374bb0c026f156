export {
	layBoundarySet,
	type LaidBoundarySet,
	type NewBoundarySet,
	type NewWard,
	type PolygonGeometry
} from './boundary-sets.ts';
export { drawingOf, mapOf, type DrawnGeography, type MapWish } from './drawing.ts';
export { findWard, type Located, type Whereabouts, type WardFinding } from './find-ward.ts';
export {
	addFeatures,
	addPlaces,
	seatCommittee,
	type NewFeature,
	type NewMember,
	type NewPlace
} from './gazetteer.ts';
export { importWards, type WardFile, type WardImport } from './import-wards.ts';
export { importPlaces, type PlaceFile, type PlaceImport } from './import-places.ts';
export { linesOf } from './lines.ts';
export { searchPlaces, type Place, type PlaceKind } from './places.ts';
export { basemapOf, describeTiles, layBasemap, liftBasemap, tileAt } from './tiles/basemap.ts';
export { wardsInForce } from './wards-in-force.ts';
export { forgetWards, wardIndex, wardOfPoint, watchWards } from './ward-index.ts';
export { committeeOf, wardByCode, wardsOf, type CommitteeMember, type Ward } from './wards.ts';
