using Fovea.Native;

namespace Fovea.Tests.Native;

public class NativeHalfTests
{
    [Fact]
    public void What_is_there_is_used() => Assert.Equal(7, NativeHalf.Skia.Use(() => 7));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Missing_library_is_answered_by_the_name_of_its_package(bool isWrapped)
    {
        Exception missing = new DllNotFoundException("libSkiaSharp");
        // As a static constructor passes it on.
        if (isWrapped) missing = new TypeInitializationException("SkiaSharp.SKObject", new TypeInitializationException("SkiaSharp.SkiaApi", missing));
        InvalidOperationException said = Assert.Throws<InvalidOperationException>(() => NativeHalf.Skia.Use<int>(() => throw missing));
        Assert.Equal("Skia's native library was not found beside the program; add the package SkiaSharp.NativeAssets.Linux.NoDependencies (on Linux) to the application's project.", said.Message);
        Assert.Same(missing, said.InnerException);
    }

    [Fact]
    public void Other_failures_pass() => Assert.Throws<FormatException>(() => NativeHalf.OnnxRuntime.Use<int>(() => throw new FormatException()));
}
