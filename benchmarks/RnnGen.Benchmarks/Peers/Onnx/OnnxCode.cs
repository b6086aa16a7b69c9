using Microsoft.ML.OnnxRuntime;

namespace RnnGen.Benchmarks.Peers;

/// <summary>A session whose inputs and outputs are bound once. A state that is kept goes to and fro between two bindings, so that nothing is copied.</summary>
internal sealed class OnnxCode : PeerCode
{
    private readonly List<IDisposable> _owned = [];
    private readonly RunOptions _options = new();
    private readonly InferenceSession _session;
    private readonly OrtIoBinding[] _bindings;
    private int _turn;

    public OnnxCode(CellWeights weights, BatchShape shape, float[] input, float[] output, bool keepsState)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _session = new InferenceSession(OnnxModel.Of(weights, shape), options);
        var x = Bound(input, shape.Steps, shape.Batch, weights.Input);
        var y = Bound(output, (long)shape.Steps * shape.Batch, 1);
        string[] names = weights.Kind == CellKind.Lstm ? [OnnxModel.Hidden, OnnxModel.Cell] : [OnnxModel.Hidden];
        OrtValue[] State() => [.. names.Select(_ => Bound(new float[shape.Batch * weights.Hidden], 1, shape.Batch, weights.Hidden))];
        OrtValue[] even = State(), odd = State();
        _bindings = keepsState ? [Binding(even, odd), Binding(odd, even)] : [Binding(even, odd)];

        OrtIoBinding Binding(OrtValue[] from, OrtValue[] to)
        {
            var binding = Owned(_session.CreateIoBinding());
            binding.BindInput(OnnxModel.Input, x);
            binding.BindOutput(OnnxModel.Output, y);
            for (int state = 0; state < names.Length; state++)
            {
                binding.BindInput(names[state], from[state]);
                binding.BindOutput($"{names[state]}_next", to[state]);
            }

            return binding;
        }
    }

    public override void Call(int calls)
    {
        for (; calls > 0; calls--)
        {
            _session.RunWithBinding(_options, _bindings[_turn]);
            _turn = _turn + 1 < _bindings.Length ? _turn + 1 : 0;
        }
    }

    public override void Dispose()
    {
        foreach (var owned in _owned)
            owned.Dispose();
        _session.Dispose();
        _options.Dispose();
    }

    private OrtValue Bound(float[] values, params long[] shape) => Owned(OrtValue.CreateTensorValueFromMemory(values, shape));

    private T Owned<T>(T value)
        where T : IDisposable
    {
        _owned.Add(value);
        return value;
    }
}
