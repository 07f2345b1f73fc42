/** How the name of a file of this media type ends: 'pdf' of 'application/pdf'. */
export const endingOf = (mediaType: string): string => mediaType.slice(mediaType.indexOf('/') + 1);
