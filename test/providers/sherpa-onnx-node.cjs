// A stand-in for sherpa-onnx-node, by its documentation ("Offline TTS API", version 1.13): half a second of a tone for each text.
class OfflineTts {
  constructor({ model }) {
    if (!model.vits.model.endsWith('.onnx')) throw new Error('no model');
    this.sampleRate = 22_050;
  }

  generate({ text, sid, speed }) {
    if (sid !== 0 || typeof text !== 'string') throw new Error('an unknown request');
    const samples = new Float32Array(Math.round((this.sampleRate / 2) * (text.length / 10 / speed)));
    return { samples: samples.map((_, index) => Math.sin(index / 10) * 1.2), sampleRate: this.sampleRate };
  }
}

module.exports = { OfflineTts };
