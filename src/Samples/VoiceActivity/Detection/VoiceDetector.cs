namespace RnnGen.Samples.VoiceActivity;

/// <summary>Processes a recording chunk by chunk and returns after each the probability of speech. It allocates nothing after construction.</summary>
internal sealed class VoiceDetector : IDisposable
{
    /// <summary>Samples per second.</summary>
    public const int Rate = 16000;

    /// <summary>Samples per chunk: 32 ms.</summary>
    public const int ChunkLength = 512;

    /// <summary>Samples from before a chunk that are processed with it.</summary>
    private const int ContextLength = 64;

    private const int Window = 256;
    private const int Hop = 128;
    private const int Frames = 4;

    private readonly SileroTransform _transform;
    private readonly SileroEncoder0 _encoder0;
    private readonly SileroEncoder1 _encoder1;
    private readonly SileroEncoder2 _encoder2;
    private readonly SileroEncoder3 _encoder3;
    private readonly SileroDecoder _decoder;

    // The context, the chunk, and its last samples mirrored: the last window reaches beyond the chunk.
    private readonly float[] _heard = new float[ContextLength + ChunkLength + ContextLength];
    private readonly float[] _parts = new float[SileroTransform.OutputSize];
    private readonly float[] _spectra = new float[Frames * SileroEncoder0.InputSize];
    private readonly float[] _encoded0 = new float[Frames * SileroEncoder0.OutputSize];
    private readonly float[] _encoded1 = new float[Frames * SileroEncoder1.OutputSize];
    private readonly float[] _encoded2 = new float[Frames / 2 * SileroEncoder2.OutputSize];
    private readonly float[] _encoded3 = new float[SileroEncoder3.OutputSize];
    private readonly float[] _probability = new float[1];

    /// <summary>Creates the networks with the file's weights.</summary>
    /// <exception cref="FormatException">The file is of another network.</exception>
    public VoiceDetector(SileroWeights weights)
    {
        _transform = weights.Create<SileroTransform>(("stft.weight", "model.stft.forward_basis_buffer"));
        _encoder0 = weights.Create<SileroEncoder0>(Convolution(0));
        _encoder1 = weights.Create<SileroEncoder1>(Convolution(1));
        _encoder2 = weights.Create<SileroEncoder2>(Convolution(2));
        _encoder3 = weights.Create<SileroEncoder3>(Convolution(3));
        _decoder = weights.Create<SileroDecoder>(
            ("rnn.weight_ih", "model.decoder.rnn.weight_ih"),
            ("rnn.weight_hh", "model.decoder.rnn.weight_hh"),
            ("rnn.bias_ih", "model.decoder.rnn.bias_ih"),
            ("rnn.bias_hh", "model.decoder.rnn.bias_hh"),
            ("decoder.weight", "model.decoder.decoder.2.weight"),
            ("decoder.bias", "model.decoder.decoder.2.bias"));

        static (string, string)[] Convolution(int layer) =>
        [
            ("encoder.weight", $"model.encoder.{layer}.reparam_conv.weight"),
            ("encoder.bias", $"model.encoder.{layer}.reparam_conv.bias"),
        ];
    }

    /// <summary>Resets the state to that before the first chunk.</summary>
    public void Reset()
    {
        Array.Clear(_heard);
        _decoder.Reset();
    }

    /// <summary>Processes a chunk.</summary>
    /// <param name="chunk">[<see cref="ChunkLength"/>] samples.</param>
    /// <returns>The probability of speech in it, 0 to 1.</returns>
    public float Hear(ReadOnlySpan<float> chunk)
    {
        _heard.AsSpan(ChunkLength, ContextLength).CopyTo(_heard); // the end of the chunk before
        chunk.CopyTo(_heard.AsSpan(ContextLength));
        int end = ContextLength + ChunkLength;
        for (int i = 0; i < ContextLength; i++)
            _heard[end + i] = _heard[end - 2 - i];

        Transform();
        _encoder0.Predict(_spectra, _encoded0);
        _encoder1.Predict(_encoded0, _encoded1);
        TakeEveryOther(_encoded1, SileroEncoder1.OutputSize);
        _encoder2.Predict(_encoded1.AsSpan(0, _encoded2.Length), _encoded2);
        _encoder3.Predict(_encoded2.AsSpan(0, SileroEncoder3.InputSize), _encoded3); // of two steps, the first
        _decoder.Step(_encoded3, _probability);
        return _probability[0];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable network in (IDisposable[])[_transform, _encoder0, _encoder1, _encoder2, _encoder3, _decoder])
            network.Dispose();
    }

    /// <summary>The magnitudes of the chunk's four windows.</summary>
    private void Transform()
    {
        int bins = SileroEncoder0.InputSize;
        for (int frame = 0; frame < Frames; frame++)
        {
            _transform.Step(_heard.AsSpan(frame * Hop, Window), _parts);
            for (int bin = 0; bin < bins; bin++)
                _spectra[(frame * bins) + bin] = MathF.Sqrt((_parts[bin] * _parts[bin]) + (_parts[bins + bin] * _parts[bins + bin]));
        }
    }

    /// <summary>Keeps every second step, as a stride of 2 does, at the front.</summary>
    private static void TakeEveryOther(float[] steps, int size)
    {
        for (int step = 2; step * size < steps.Length; step += 2)
            steps.AsSpan(step * size, size).CopyTo(steps.AsSpan(step / 2 * size));
    }
}
