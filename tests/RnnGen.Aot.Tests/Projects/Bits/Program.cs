using Bits;
using RnnGen;

Console.WriteLine(Simd.Active);
Probe.Run<Classifier>(hasReference: true);
Probe.Run<Detector>(hasReference: true);
Probe.Run<Projected>(hasReference: true);
Probe.Run<Convolved>(hasReference: true);
Probe.Run<Large>(hasReference: true);
Probe.Run<Halves>(hasReference: false);
Probe.Run<Bytes>(hasReference: false);
Probe.Run<OwnCells>(hasReference: false);
Probe.Run<Free>(hasReference: true);
