export {
	layBoundarySet,
	type LaidBoundarySet,
	type NewBoundarySet,
	type NewWard,
	type PolygonGeometry
} from './boundary-sets.ts';
export {
	addFeatures,
	addPlaces,
	seatCommittee,
	type NewFeature,
	type NewMember,
	type NewPlace
} from './gazetteer.ts';
