export { attachPhotos } from './attach.ts';
export { cleanPhoto, type CleanPhoto } from './clean.ts';
export { burnRedactions, originalBytes } from './redact.ts';
export { photoById, photoBytes, type Photo } from './show.ts';
export {
	forgetStagedPhotos,
	photoToken,
	readPhotoToken,
	removePhotoFiles,
	sizeKey,
	stagePhoto,
	type StagedPhoto
} from './stage.ts';
export { diskStore, photoStore, usePhotoStore, type PhotoStore } from './store.ts';
