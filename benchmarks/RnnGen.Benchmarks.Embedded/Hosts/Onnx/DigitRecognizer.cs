using Microsoft.ML.OnnxRuntime;

namespace RnnGen.Samples.Embedded;

/// <summary>The sample's network on ONNX Runtime: one thread, inputs and outputs bound once, the new state bound as the next step's old one.</summary>
public sealed class DigitRecognizer : IDisposable
{
    public const int OutputSize = 10;

    private const int InputSize = 20;
    private const int Units = 64;

    private static readonly long[] StateShape = [1, 1, Units];

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly float[] _input = new float[InputSize];
    private readonly float[] _output = new float[OutputSize];
    private readonly float[][] _states = [.. Enumerable.Range(0, 4).Select(_ => new float[Units])];
    private readonly OrtIoBinding[] _bindings;
    private int _turn;

    private DigitRecognizer()
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };
        _session = new InferenceSession(Path.Combine(AppContext.BaseDirectory, "digits.onnx"), options);
        OrtValue x = OrtValue.CreateTensorValueFromMemory(_input, [1, 1, InputSize]);
        OrtValue y = OrtValue.CreateTensorValueFromMemory(_output, [1, OutputSize]);
        OrtValue[] states = [.. _states.Select(state => OrtValue.CreateTensorValueFromMemory(state, StateShape))];
        _bindings = [Bind(0, 2), Bind(2, 0)];

        OrtIoBinding Bind(int from, int to)
        {
            OrtIoBinding binding = _session.CreateIoBinding();
            binding.BindInput("x", x);
            binding.BindInput("h", states[from]);
            binding.BindInput("c", states[from + 1]);
            binding.BindOutput("y", y);
            binding.BindOutput("h_next", states[to]);
            binding.BindOutput("c_next", states[to + 1]);
            return binding;
        }
    }

    public static DigitRecognizer CreateDefault() => new();

    public void Reset()
    {
        foreach (float[] state in _states)
            Array.Clear(state);
    }

    public void Step(ReadOnlySpan<float> input, Span<float> output)
    {
        input.CopyTo(_input);
        _session.RunWithBinding(_options, _bindings[_turn]);
        _turn = 1 - _turn;
        _output.CopyTo(output);
    }

    public void Dispose() => _session.Dispose();
}
