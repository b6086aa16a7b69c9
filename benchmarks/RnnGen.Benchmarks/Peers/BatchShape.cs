namespace RnnGen.Benchmarks.Peers;

/// <summary>So many steps of so many sequences.</summary>
internal readonly record struct BatchShape(int Steps, int Batch);
