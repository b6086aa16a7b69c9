namespace RnnGen.Formats;

/// <summary>An input and the output that another program computed of it: one sequence from a zero (or learned) state.</summary>
/// <param name="Name">What it is: <c>the file's own input_data</c>.</param>
/// <param name="Input">Frames one after the other, <c>[steps × features]</c>; of a network of classes, a class per step.</param>
/// <param name="Output">Outputs one after the other, <c>[steps × outputs]</c>, or <c>[outputs]</c> of a network that gives one per sequence. Those at masked steps are ignored.</param>
/// <param name="Mask">A value per step: whether it is part of the sequence. Null where all are.</param>
/// <param name="Tolerance">How far an output may be off, absolute up to a magnitude of 1 and relative beyond: what the program's own rounding makes of it.</param>
public sealed record Recording(string Name, float[] Input, float[] Output, bool[]? Mask = null, double Tolerance = 1e-5);
