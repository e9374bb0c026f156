export { attachPhotos } from './attach.ts';
