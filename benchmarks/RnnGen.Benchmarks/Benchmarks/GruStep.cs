using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using RnnGen.Benchmarks.Networks;

namespace RnnGen.Benchmarks.Benchmarks;

/// <summary>One GRU step of one stream, with a head of one output: generated, beside the same by hand with TensorPrimitives.</summary>
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class GruStep
{
    private readonly StepPair<Gru1To8> _from1To8 = new();
    private readonly StepPair<Gru1To16> _from1To16 = new();
    private readonly StepPair<Gru1To32> _from1To32 = new();
    private readonly StepPair<Gru40To64> _from40To64 = new();
    private readonly StepPair<Gru64To64> _from64To64 = new();
    private readonly StepPair<Gru128To128> _from128To128 = new();

    [Benchmark(Baseline = true), BenchmarkCategory("1→8")]
    public void TensorPrimitives_1_to_8() => _from1To8.Cell.Step(_from1To8.Input, _from1To8.Output);

    [Benchmark, BenchmarkCategory("1→8")]
    public void Generated_1_to_8() => _from1To8.Network.Step(_from1To8.Input, _from1To8.Output);

    [Benchmark(Baseline = true), BenchmarkCategory("1→16")]
    public void TensorPrimitives_1_to_16() => _from1To16.Cell.Step(_from1To16.Input, _from1To16.Output);

    [Benchmark, BenchmarkCategory("1→16")]
    public void Generated_1_to_16() => _from1To16.Network.Step(_from1To16.Input, _from1To16.Output);

    [Benchmark(Baseline = true), BenchmarkCategory("1→32")]
    public void TensorPrimitives_1_to_32() => _from1To32.Cell.Step(_from1To32.Input, _from1To32.Output);

    [Benchmark, BenchmarkCategory("1→32")]
    public void Generated_1_to_32() => _from1To32.Network.Step(_from1To32.Input, _from1To32.Output);

    [Benchmark(Baseline = true), BenchmarkCategory("40→64")]
    public void TensorPrimitives_40_to_64() => _from40To64.Cell.Step(_from40To64.Input, _from40To64.Output);

    [Benchmark, BenchmarkCategory("40→64")]
    public void Generated_40_to_64() => _from40To64.Network.Step(_from40To64.Input, _from40To64.Output);

    [Benchmark(Baseline = true), BenchmarkCategory("64→64")]
    public void TensorPrimitives_64_to_64() => _from64To64.Cell.Step(_from64To64.Input, _from64To64.Output);

    [Benchmark, BenchmarkCategory("64→64")]
    public void Generated_64_to_64() => _from64To64.Network.Step(_from64To64.Input, _from64To64.Output);

    [Benchmark(Baseline = true), BenchmarkCategory("128→128")]
    public void TensorPrimitives_128_to_128() => _from128To128.Cell.Step(_from128To128.Input, _from128To128.Output);

    [Benchmark, BenchmarkCategory("128→128")]
    public void Generated_128_to_128() => _from128To128.Network.Step(_from128To128.Input, _from128To128.Output);
}
