namespace RnnGen.Samples.GuitarAmp;

/// <summary>What plays a guitar block by block, and goes on where the last block ended.</summary>
internal abstract class Amp : IDisposable
{
    /// <summary>Its layers, as a class has them.</summary>
    public abstract string Name { get; }

    /// <summary>To the state before a first sample.</summary>
    public abstract void Reset();

    /// <summary>Plays a block.</summary>
    public abstract void Play(ReadOnlySpan<float> input, Span<float> output);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>A network of one input and one output as an amplifier, which disposes of it.</summary>
internal sealed class Amp<TNetwork>(TNetwork network) : Amp
    where TNetwork : class, INetwork<TNetwork>
{
    public override string Name => $"{TNetwork.Layout.Network}, {TNetwork.ParameterCount} parameters";

    public override void Reset() => network.Reset();

    public override void Play(ReadOnlySpan<float> input, Span<float> output) => network.Run(input, output);

    public override void Dispose() => network.Dispose();
}
