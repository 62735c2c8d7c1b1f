/** Stands in for flite.wasm where it is too large to upload; SPEECH_MODE=tones never asks for it. */
throw new Error('This build has no voice: set SPEECH_MODE=tones');
