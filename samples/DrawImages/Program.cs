using DrawImages;

// Draws every picture of the gallery into a folder: dotnet run -c Release --project samples/DrawImages -- samples/images
if (args is not [string folder])
{
    Console.Error.WriteLine("The folder to draw into is missing; give one, as in: DrawImages samples/images");
    return 2;
}
Directory.CreateDirectory(folder);
foreach (Picture picture in Gallery.Pictures)
{
    byte[] file = picture.Draw();
    File.WriteAllBytes(Path.Combine(folder, picture.FileName), file);
    Console.WriteLine($"{picture.FileName,-24} {picture.Width,4} x {picture.Height,-4} {file.Length,8:N0} bytes");
}
return 0;
