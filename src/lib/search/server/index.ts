export { search, type Found, type Hit, type HitKind, type PlaceHit } from './search.ts';
export { meantIssues, pageOfNumber } from './reference.ts';
