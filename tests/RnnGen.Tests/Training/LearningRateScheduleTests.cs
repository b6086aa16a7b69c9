using RnnGen.Training;

namespace RnnGen.Tests.Training;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void Constant_is_always_1()
    {
        foreach (long update in new[] { 0L, 1, 1000, long.MaxValue })
            Assert.Equal(1, LearningRateSchedule.Constant.Factor(update));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(9, 1)]
    [InlineData(10, 0.5)]
    [InlineData(19, 0.5)]
    [InlineData(20, 0.25)]
    [InlineData(105, 1.0 / 1024)]
    public void Step_multiplies_every_so_often(long update, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.Step(every: 10, factor: 0.5).Factor(update), 1e-15);

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(12, 0.55)]
    [InlineData(8, 0.1 + 0.9 * (2 + 1.4142135623730951) / 4)]
    [InlineData(20, 0.1)]
    [InlineData(1000, 0.1)]
    public void Cosine_warms_up_and_falls_to_the_floor(long update, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.CosineWithWarmup(warmupUpdates: 4, totalUpdates: 20, floor: 0.1).Factor(update), 1e-12);

    [Fact]
    public void Cosine_works_without_warmup()
    {
        LearningRateSchedule schedule = LearningRateSchedule.CosineWithWarmup(0, 10);
        Assert.Equal(1, schedule.Factor(0));
        Assert.Equal(0, schedule.Factor(10), 1e-15);
        for (int update = 0; update < 10; update++)
            Assert.True(schedule.Factor(update) > schedule.Factor(update + 1));
    }

    [Fact]
    public void Wrong_options_are_named()
    {
        Assert.Equal("every", Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Step(0, 0.5)).ParamName);
        Assert.Equal("factor", Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Step(1, 0)).ParamName);
        Assert.Equal("factor", Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.Step(1, double.NaN)).ParamName);
        Assert.Equal("warmupUpdates", Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.CosineWithWarmup(-1, 5)).ParamName);
        Assert.Equal("totalUpdates", Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.CosineWithWarmup(5, 5)).ParamName);
        Assert.Equal("floor", Assert.Throws<ArgumentOutOfRangeException>(() => LearningRateSchedule.CosineWithWarmup(1, 5, 1.1)).ParamName);
    }
}
