namespace RnnGen.Generator.Tests.Programs;

/// <summary>A place in memory that holds doubles where the shipped code has floats.</summary>
internal readonly record struct Address(double[] Memory, long Offset)
{
    public ref double this[long index] => ref Memory[Offset + index];

    public Address Further(long count) => new(Memory, Offset + count);
}
