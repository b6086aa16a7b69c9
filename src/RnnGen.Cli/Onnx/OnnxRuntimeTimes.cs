using Microsoft.ML.OnnxRuntime;
using RnnGen.Cli.Verification;
using RnnGen.Formats;
using RnnGen.Latency;

namespace RnnGen.Cli.Onnx;

/// <summary>How long a step takes in ONNX Runtime, in nanoseconds: one thread, all memory bound before the first call, states that alternate between two buffers.</summary>
/// <param name="Version">ONNX Runtime's version.</param>
/// <param name="StepsInCall">Steps that a call takes: one, unless the graph takes whole sequences only.</param>
/// <param name="P50">Half of the calls took at most this per step.</param>
/// <param name="P99">99 % of the calls took at most this per step.</param>
/// <param name="Fastest">A step in the fastest of many bursts of calls.</param>
internal sealed record OnnxRuntimeTimes(string Version, int StepsInCall, double P50, double P99, double Fastest)
{
    // A graph without states to continue from gets this many steps at once.
    private const int StepsInSequence = 256, FewestCalls = 100;

    /// <summary>Times the steps of a file's graph.</summary>
    /// <param name="file">The whole file that the network was read of.</param>
    /// <param name="model">The network.</param>
    /// <param name="options">How long; the steps of all calls together.</param>
    /// <exception cref="NotSupportedException">ONNX Runtime is not there or cannot run the graph; the message says why.</exception>
    public static OnnxRuntimeTimes Measure(ModelFile file, ModelDescription model, LatencyOptions options)
    {
        using var session = new OnnxRuntimeSession(file, optimizes: true);
        int steps = session.HasSteps ? 1 : session.Steps(StepsInSequence), frame = model.IsOneHot ? 1 : model.InputSize;
        float[] frames = RandomInputs.Of(model, Math.Max(StepsInSequence, steps) / steps * steps, seed: 0);
        using var bound = new BoundCalls(session, frames.AsSpan(0, steps * frame), steps);
        var timer = new StepTimer(bound.Call, () => { }, frames, steps * frame, outputSize: 1);
        timer.WarmUp(options.WarmUp);
        long[] ticks = new long[Math.Max(FewestCalls, options.Steps / steps)];
        for (int repetition = 0; repetition < options.Repetitions; repetition++)
            timer.Time(ticks, period: null);
        return new OnnxRuntimeTimes(session.Version, steps, timer.Times.GetValueAtPercentile(50) / (double)steps, timer.Times.GetValueAtPercentile(99) / (double)steps, timer.FastestBurst() / steps);
    }

    /// <summary>A line that compares it with a network's own steps.</summary>
    /// <param name="own">The fastest step of the network.</param>
    public string Beside(double own)
    {
        string what = StepsInCall == 1 ? "per step" : $"per step in sequences of {StepsInCall}, because the graph has no states to continue from";
        return FormattableString.Invariant($"ONNX Runtime {Version}, one thread: p50 {P50:N0} ns, p99 {P99:N0} ns, fastest {Fastest:N0} ns {what}; that is {Fastest / own:0.0} times RnnGen's fastest.");
    }

    /// <summary>Calls whose inputs and outputs stay in place: two bindings, each of which reads the states that the other one writes.</summary>
    private sealed class BoundCalls : IDisposable
    {
        private readonly List<IDisposable> _owned = [];
        private readonly InferenceSession _session;
        private readonly RunOptions _options = new();
        private readonly float[] _input;
        private readonly OrtIoBinding[] _bindings;
        private int _turn;

        public BoundCalls(OnnxRuntimeSession session, ReadOnlySpan<float> frames, int steps)
        {
            _session = session.Session;
            _input = frames.ToArray();
            Dictionary<string, float[]> none = [];
            Dictionary<string, OrtValue> even = session.Feeds(_input, steps, none), odd = session.Feeds(_input, steps, none);
            _owned.AddRange([.. even.Values, .. odd.Values]);
            Dictionary<string, OrtValue> results = _session.OutputNames.Zip(Own(_session.Run(_options, even, _session.OutputNames))).ToDictionary(pair => pair.First, pair => pair.Second);
            _bindings = [Binding(even, odd), Binding(odd, even)];

            OrtIoBinding Binding(Dictionary<string, OrtValue> from, Dictionary<string, OrtValue> to)
            {
                OrtIoBinding binding = Own(_session.CreateIoBinding());
                foreach ((string name, OrtValue value) in from)
                    binding.BindInput(name, value);
                Dictionary<string, OrtValue> states = session.NextStates.ToDictionary(state => state.Value, state => to[state.Key]);
                foreach ((string name, OrtValue value) in results)
                    binding.BindOutput(name, states.GetValueOrDefault(name, value));
                return binding;
            }
        }

        /// <summary>A call. It always reads the same input, since no time depends on it.</summary>
        public void Call(ReadOnlySpan<float> frames, Span<float> output)
        {
            _session.RunWithBinding(_options, _bindings[_turn]);
            _turn ^= 1;
        }

        public void Dispose()
        {
            foreach (IDisposable owned in _owned)
                owned.Dispose();
            _options.Dispose();
        }

        private T Own<T>(T value)
            where T : IDisposable
        {
            _owned.Add(value);
            return value;
        }
    }
}
