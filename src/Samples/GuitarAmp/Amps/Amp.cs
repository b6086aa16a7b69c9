namespace RnnGen.Samples.GuitarAmp;

/// <summary>Processes a guitar signal block by block, continuing where the last block ended.</summary>
internal abstract class Amp : IDisposable
{
    /// <summary>Its layers, as attributes.</summary>
    public abstract string Name { get; }

    /// <summary>Resets the state to that before the first sample.</summary>
    public abstract void Reset();

    /// <summary>Processes a block.</summary>
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
